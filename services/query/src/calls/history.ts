import { getHistory } from '@stance/contracts';
import { disputesOf, saysAndDoesInPieces } from '@stance/domain';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { changesOfHistory, historyAnswer, statementsOfHistory } from '../answers/history-answer.ts';
import { propositionsOfImplied } from '../answers/implied-answer.ts';
import { gatherMaterials, parkedBehind } from '../answers/materials.ts';
import { silentStance, toldStance } from '../answers/stance-answer.ts';
import { accountsAcross } from '../accounts-across.ts';
import { encodeCursor } from '../cursor.ts';
import { dissents } from '../dissents.ts';
import { impliedStances } from '../implied-stances.ts';
import { knownAtHeader, tagOf } from '../json-answer.ts';
import type { QueryService } from '../service.ts';
import { findHistory } from './found-history.ts';

const defaultLimit = 100;

/** `GET /v1/histories/{holder}/{proposition}`: pages hold the statements by day, those of one day by id. */
export const registerHistory = (app: HttpApp, service: QueryService): void => {
  const { readings, readModel, turns, by } = service;
  registerEndpoint(app, getHistory, async (input) => {
    const { holder, proposition } = input.params;
    return readings.answer(
      {
        list: `${getHistory.operationId}/${holder}/${proposition}`,
        keyLength: 1,
        takesAt: true,
        schema: getHistory.query,
        query: input.query,
        signal: () => input.signal,
      },
      async ({ context, key, cursor }) => {
        const { knownAt, live, at } = context;
        const { method, folds, sources } = by(context.method);
        const { number, begun, history } = await findHistory(service, input.params, context, input.signal);
        const said = begun ? toldStance(number, history, at.day) : null;
        const start = key?.[0] ?? 0;
        const end = Math.min(start + (input.query.limit ?? defaultLimit), said?.view.statements ?? 0);
        const asked = { readModel, folds, knownAt, day: at.day };
        const implied = (await impliedStances(asked, [number])).get(number) ?? [];
        const stance = said ?? (implied.length > 0 ? silentStance(number) : null);
        const dissent = stance === null ? [] : ((await dissents(asked, [stance])).get(number) ?? []);
        const across = history === null ? [] : await accountsAcross(asked, number, history);
        const parked = await readModel.read((snapshot) => parkedBehind(snapshot, number, knownAt));
        const told = {
          number,
          parked,
          beside: { implied, dissent },
          across,
          history,
          stance,
          disputes: history === null ? [] : disputesOf(history),
          sides: history === null ? null : await turns.drive(saysAndDoesInPieces(history, method)),
          placed: history?.placed.slice(start, end) ?? [],
          next: end < (said?.view.statements ?? 0) ? encodeCursor(cursor([end])) : undefined,
        };
        const materials = await gatherMaterials(sources, {
          knownAt,
          live,
          histories: [...new Set([number, ...[...dissent, ...across.flat()].map(({ history: other }) => other)])],
          propositions: propositionsOfImplied(implied),
          statementIds: statementsOfHistory(told),
          changes: changesOfHistory(told),
          wholeStatements: true,
        });
        const body = historyAnswer(told, materials, context);
        const tagged = { ...body, knownAt: null, statements: { ...body.statements, next: told.next !== undefined } };
        return {
          status: 200,
          headers: { [knownAtHeader]: String(knownAt) },
          etag: tagOf(JSON.stringify(tagged)),
          body,
        };
      },
    );
  });
};
