import { getHistory } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';
import { historyKey } from '@stance/read-model';

import { changesOfHistory, historyAnswer, statementsOfHistory } from '../answers/history-answer.ts';
import { propositionsOfImplied } from '../answers/implied-answer.ts';
import { gatherMaterials } from '../answers/materials.ts';
import { toldStance } from '../answers/stance-answer.ts';
import { encodeCursor } from '../cursor.ts';
import { impliedStances } from '../implied-stances.ts';
import { knownAtHeader, tagOf } from '../json-answer.ts';
import type { QueryService } from '../service.ts';
import { knownActor, knownProposition } from './subjects.ts';

const defaultLimit = 100;

/** `GET /v1/histories/{holder}/{proposition}`: pages hold the statements in the order said. */
export const registerHistory = (app: HttpApp, service: QueryService): void => {
  const { readings, readModel, by } = service;
  registerEndpoint(app, getHistory, async (input) => {
    const { holder, proposition } = input.params;
    const { context, key, cursor } = await readings.open({
      list: `${getHistory.operationId}/${holder}/${proposition}`,
      keyLength: 1,
      takesAt: true,
      schema: getHistory.query,
      query: input.query,
      signal: () => input.signal,
    });
    const { knownAt, live, at } = context;
    const { folds, sources } = by(context.method);
    const { number, row } = await readModel.read(async (snapshot) => {
      const holderNo = await knownActor(snapshot, holder, knownAt);
      const found = historyKey(holderNo, await knownProposition(snapshot, proposition, knownAt));
      return { number: found, row: await snapshot.history(found) };
    });
    const known = row !== null && row.firstPosition <= knownAt ? row : null;
    const history = known === null ? null : ((await folds.of([known], knownAt)).get(number) ?? null);
    const stance = known === null ? null : toldStance(number, history, at.day);
    const start = key?.[0] ?? 0;
    const end = Math.min(start + (input.query.limit ?? defaultLimit), stance?.view.statements ?? 0);
    const implied = (await impliedStances({ readModel, folds, knownAt, day: at.day }, [number])).get(number) ?? [];
    const told = {
      number,
      implied,
      history,
      stance,
      placed: history?.placed.slice(start, end) ?? [],
      next: end < (stance?.view.statements ?? 0) ? encodeCursor(cursor([end])) : undefined,
    };
    const materials = await gatherMaterials(sources, {
      knownAt,
      live,
      histories: [number],
      propositions: propositionsOfImplied(implied),
      statementIds: statementsOfHistory(told),
      changes: changesOfHistory(told),
      wholeStatements: true,
    });
    const body = historyAnswer(told, materials, context);
    const said = { ...body, knownAt: null, statements: { ...body.statements, next: told.next !== undefined } };
    return {
      status: 200,
      headers: { [knownAtHeader]: String(knownAt) },
      etag: tagOf(JSON.stringify(said)),
      body,
    };
  });
};
