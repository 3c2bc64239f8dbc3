import { setImmediate as yieldToOthers } from 'node:timers/promises';

import { listContested } from '@stance/contracts';
import type { ContestedItem } from '@stance/contracts';
import { disputesOf } from '@stance/domain';
import type { Dispute } from '@stance/domain';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { contestedItem, statementsOfDispute } from '../answers/dispute-answer.ts';
import { gatherMaterials } from '../answers/materials.ts';
import { invalidParameter } from '../dates.ts';
import { answerList } from '../list.ts';
import type { Page } from '../list.ts';
import type { QueryService } from '../service.ts';
import { isLines } from './accept-lines.ts';
import { subjectNumbers } from './subjects.ts';

/** So many histories are folded at a time, and so many a page goes through at most. */
const historiesALook = 200;
const historiesAPage = 2000;
/** The place behind all moments of a history. */
const behindAll = Number.MAX_SAFE_INTEGER;

interface FoundDispute {
  readonly history: number;
  readonly dispute: Dispute;
}

/** `GET /v1/contested`: by history, then day. A key is a history, and how many of its moments were seen. */
export const registerContested = (app: HttpApp, { readings, readModel, by }: QueryService): void => {
  registerEndpoint(app, listContested, async (input) => {
    return readings.answer(
      {
        list: listContested.operationId,
        keyLength: 2,
        takesAt: false,
        schema: listContested.query,
        query: input.query,
        signal: () => input.signal,
      },
      async (reading) => {
        const { context, query } = reading;
        const { knownAt, live, method } = context;
        if (query.holder === undefined && query.proposition === undefined) {
          throw invalidParameter('holder', 'a holder or a proposition has to be named');
        }
        const { folds, sources } = by(method);
        const subject = await readModel.read((snapshot) => subjectNumbers(snapshot, query, knownAt));
        const fits = ({ resolution }: Dispute): boolean =>
          query.resolved === undefined || query.resolved === (resolution !== null);

        const find = async (key: readonly number[] | null, limit: number): Promise<Page<FoundDispute>> => {
          const [first, seenOfFirst] = key ?? [];
          const items: FoundDispute[] = [];
          let after = first === undefined ? null : first - 1;
          for (let looked = 0; looked < historiesAPage; looked += historiesALook) {
            const page = { ...subject, knownAt, after, limit: historiesALook };
            const rows = await readModel.read((snapshot) => snapshot.histories(page));
            const isAll = rows.length < historiesALook;
            const folded = await folds.of(rows, knownAt, { keep: isAll, signal: input.signal });
            for (const { history } of rows) {
              const known = folded.get(history) ?? null;
              const disputes = known === null ? [] : disputesOf(known);
              for (let seen = history === first ? (seenOfFirst ?? 0) : 0; seen < disputes.length; seen += 1) {
                const dispute = disputes[seen];
                if (dispute === undefined || !fits(dispute)) continue;
                if (items.length === limit) return { items, next: [history, seen] };
                items.push({ history, dispute });
              }
              after = history;
            }
            if (isAll) return { items, next: null };
            await yieldToOthers();
          }
          return { items, next: after === null ? null : [after, behindAll] };
        };

        const fetch = async (key: readonly number[] | null, limit: number): Promise<Page<ContestedItem>> => {
          const { items, next } = await find(key, limit);
          const materials = await gatherMaterials(sources, {
            knownAt,
            live,
            histories: [...new Set(items.map(({ history }) => history))],
            statementIds: items.flatMap(({ dispute }) => statementsOfDispute(dispute)),
            changes: [],
          });
          return { items: items.map(({ history, dispute }) => contestedItem(history, dispute, materials)), next };
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
