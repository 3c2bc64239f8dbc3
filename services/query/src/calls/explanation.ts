import { changeId, getExplanation, ProblemError } from '@stance/contracts';
import { basisOf } from '@stance/domain';
import type { ExplainedStep } from '@stance/domain';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';
import { holderOf, propositionOf } from '@stance/read-model';

import { actorNamesById } from '../answers/actor-names.ts';
import { explanationAnswer } from '../answers/explanation/explanation-answer.ts';
import { explanationText } from '../answers/explanation/explanation-text.ts';
import {
  actorsOfExplanation,
  allSteps,
  changesOfExplanation,
  nothingTold,
  statementsOfExplanation,
  toldExplanation,
} from '../answers/explanation/told-explanation.ts';
import { gatherMaterials } from '../answers/materials.ts';
import type { MaterialsSources } from '../answers/materials.ts';
import { toldStance } from '../answers/stance-answer.ts';
import { encodeCursor } from '../cursor.ts';
import { createExplanations } from '../explanations.ts';
import { knownAtHeader, tagOf } from '../json-answer.ts';
import type { QueryService } from '../service.ts';
import { findHistory } from './found-history.ts';

const defaultLimit = 100;

/** The step of a history whose change has an id. @throws ProblemError `unknown-change`. */
const stepOf = async (
  { readModel, methodName }: MaterialsSources,
  number: number,
  steps: readonly ExplainedStep[],
  id: string,
): Promise<ExplainedStep> => {
  const [holder, proposition] = await readModel.read(async (snapshot) => [
    (await snapshot.actorIds([holderOf(number)])).get(holderOf(number)) ?? '',
    (await snapshot.propositionIds([propositionOf(number)])).get(propositionOf(number)) ?? '',
  ]);
  const found = steps.find(
    ({ change: { track, openedBy } }) => changeId({ method: methodName, holder, proposition, track, openedBy }) === id,
  );
  if (found !== undefined) return found;
  throw new ProblemError('unknown-change', { detail: `This history has no change "${id}" at this position.` });
};

/** `GET /v1/histories/{holder}/{proposition}/explanation`: pages hold the statements by day, those of one day by id. */
export const registerExplanation = (app: HttpApp, service: QueryService): void => {
  const { readings, readModel, by } = service;
  const explanations = createExplanations(service.turns);
  registerEndpoint(app, getExplanation, async (input) => {
    const { holder, proposition } = input.params;
    return readings.answer(
      {
        list: `${getExplanation.operationId}/${holder}/${proposition}`,
        keyLength: 1,
        takesAt: true,
        schema: getExplanation.query,
        query: input.query,
        signal: () => input.signal,
      },
      async ({ query, context, key, cursor }) => {
        const { knownAt, live, at } = context;
        const { number, begun, history } = await findHistory(service, input.params, context, input.signal);
        const { method, sources } = by(context.method);
        const stance = begun ? toldStance(number, history, at.day) : null;
        const explanation = history === null ? null : await explanations.of(history, method);
        const only =
          query.change === undefined
            ? null
            : await stepOf(sources, number, explanation === null ? [] : allSteps(explanation), query.change);
        const told =
          history === null || explanation === null
            ? nothingTold
            : toldExplanation(history, explanation, stance?.view.statements ?? 0, only);
        const basis = history === null ? null : basisOf(history, at.day);

        const start = key?.[0] ?? 0;
        const page = told.statements.slice(start, start + (input.query.limit ?? defaultLimit));
        const end = start + page.length;
        const next = end < told.statements.length ? encodeCursor(cursor([end])) : undefined;
        const materials = await gatherMaterials(sources, {
          knownAt,
          live,
          histories: [number],
          statementIds: statementsOfExplanation(told, page),
          changes: changesOfExplanation(number, told, at.day),
          wholeStatements: true,
        });
        const names = await actorNamesById(readModel, actorsOfExplanation(told, page, materials), knownAt);
        const body = explanationAnswer({
          number,
          told,
          page,
          next,
          stance: { history, explanation, view: stance?.view ?? null, failed: stance?.failed === true, basis },
          materials,
          names,
          method,
          context,
        });
        const headers = { [knownAtHeader]: String(knownAt) };
        if (input.accepts === 'text/plain') {
          const text = explanationText(body, names, start);
          return { status: 200, headers, etag: tagOf(text), text, contentType: 'text/plain; charset=utf-8' };
        }
        const said = { ...body, knownAt: null, statements: { ...body.statements, next: next !== undefined } };
        return { status: 200, headers, etag: tagOf(JSON.stringify(said)), body };
      },
    );
  });
};
