import { listStances } from '@stance/contracts';
import type { StanceAnswer } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';
import { historyKey } from '@stance/read-model';

import { propositionsOfImplied } from '../answers/implied-answer.ts';
import { gatherMaterials, incompleteOf } from '../answers/materials.ts';
import {
  changesOfStance,
  silentStance,
  stanceAnswer,
  statementsOfStance,
  toldStance,
} from '../answers/stance-answer.ts';
import { dissents } from '../dissents.ts';
import { impliedStances } from '../implied-stances.ts';
import { answerList } from '../list.ts';
import type { Page } from '../list.ts';
import type { QueryService } from '../service.ts';
import { isLines } from './accept-lines.ts';
import { subjectNumbers } from './subjects.ts';
import type { SubjectNumbers } from './subjects.ts';

/** The history of a holder and a proposition, where both are asked for. */
const keyOf = ({ holder, proposition }: SubjectNumbers): number[] =>
  holder === null || proposition === null ? [] : [historyKey(holder, proposition)];

/** `GET /v1/stances`: by history. */
export const registerStances = (app: HttpApp, { readings, readModel, by }: QueryService): void => {
  registerEndpoint(app, listStances, async (input) => {
    return readings.answer(
      {
        list: listStances.operationId,
        keyLength: 1,
        takesAt: true,
        schema: listStances.query,
        query: input.query,
        signal: () => input.signal,
      },
      async (reading) => {
        const { context, query } = reading;
        const { knownAt, live, at, method } = context;
        const { folds, sources } = by(method);
        const subject = await readModel.read((snapshot) => subjectNumbers(snapshot, query, knownAt));

        const fetch = async (key: readonly number[] | null, limit: number): Promise<Page<StanceAnswer>> => {
          const after = key?.[0] ?? null;
          const found = await readModel.read((snapshot) =>
            snapshot.histories({ ...subject, knownAt, after, limit: limit + 1 }),
          );
          const rows = found.slice(0, limit);
          const folded = await folds.of(rows, knownAt, { signal: input.signal });
          const spoken = rows.map(({ history }) => toldStance(history, folded.get(history) ?? null, at.day));
          const silent = rows.flatMap(({ history }, index) => (spoken[index] === null ? [history] : []));
          // What would have been said there by then may be parked: then it is listed, and says so.
          const incomplete =
            silent.length === 0 ? null : await readModel.read((snapshot) => incompleteOf(snapshot, silent, knownAt));
          const told = rows.flatMap(
            ({ history }, index) =>
              spoken[index] ?? (incomplete?.has(history) === true ? (toldStance(history, null, at.day) ?? []) : []),
          );
          const besides = { readModel, folds, knownAt, day: at.day };
          // Where just one stance is asked for, what it follows from is told even if nothing was said.
          const asked = after === null && told.length === 0 ? keyOf(subject) : [];
          const implied = await impliedStances(besides, [...told.map(({ history }) => history), ...asked]);
          told.push(...asked.filter((history) => implied.has(history)).map(silentStance));
          const numbers = told.map(({ history }) => history);
          const dissenting = await dissents(besides, told);
          const materials = await gatherMaterials(sources, {
            knownAt,
            live,
            histories: [...numbers, ...[...dissenting.values()].flat().map(({ history }) => history)],
            propositions: propositionsOfImplied([...implied.values()].flat()),
            statementIds: told.flatMap(statementsOfStance),
            changes: told.flatMap(changesOfStance),
          });
          const last = found.length > limit ? rows.at(-1) : undefined;
          return {
            items: told.map((stance) => {
              const beside = {
                implied: implied.get(stance.history) ?? [],
                dissent: dissenting.get(stance.history) ?? [],
              };
              return stanceAnswer(stance, materials, context, beside);
            }),
            next: last === undefined ? null : [last.history],
          };
        };

        return answerList({
          reading,
          limit: input.query.limit,
          lines: isLines(input.accepts),
          signal: () => input.signal,
          fetch,
          envelope: { at: at.answer, method },
        });
      },
    );
  });
};
