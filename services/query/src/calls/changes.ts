import { listChanges } from '@stance/contracts';
import type { ListedChange } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { listedChange } from '../answers/change-answer.ts';
import { gatherMaterials } from '../answers/materials.ts';
import { changeKeyOf, changeKeyParts } from '../change-order.ts';
import type { ChangesQuery } from '../changes-source.ts';
import { requestedRange } from '../dates.ts';
import { answerList } from '../list.ts';
import type { Page } from '../list.ts';
import type { QueryService } from '../service.ts';
import { isLines } from './accept-lines.ts';
import { subjectNumbers } from './subjects.ts';

/** `GET /v1/changes`: newest day first. */
export const registerChanges = (app: HttpApp, service: QueryService): void => {
  const { readings, readModel, by } = service;
  registerEndpoint(app, listChanges, async (input) => {
    return readings.answer(
      {
        list: listChanges.operationId,
        keyLength: 4,
        takesAt: false,
        schema: listChanges.query,
        query: input.query,
        signal: () => input.signal,
      },
      async (reading) => {
        const { query, context } = reading;
        const { knownAt, live, method } = context;
        const { changes, sources } = by(method);
        const range = requestedRange(query.from, query.to);
        const subject = await readModel.read((snapshot) => subjectNumbers(snapshot, query, knownAt));
        const asked: ChangesQuery = {
          ...subject,
          ...range,
          knownAt,
          kinds: query.kind ?? null,
          statuses: query.status ?? null,
        };

        const fetch = async (key: readonly number[] | null, limit: number): Promise<Page<ListedChange>> => {
          const { items, next } = await changes.page(
            asked,
            key === null ? null : changeKeyOf(key),
            limit,
            input.signal,
          );
          const materials = await gatherMaterials(sources, {
            knownAt,
            live,
            histories: [...new Set(items.map(({ history }) => history))],
            statementIds: items.flatMap(({ change }) => change.evidence.map(({ statementId }) => statementId)),
            changes: items,
          });
          return {
            items: items.map(({ history, change }) => listedChange(history, change, materials, method)),
            next: next === null ? null : changeKeyParts(next),
          };
        };

        return answerList({
          reading,
          limit: input.query.limit,
          lines: isLines(input.accepts),
          signal: () => input.signal,
          fetch,
          envelope: { method },
        });
      },
    );
  });
};
