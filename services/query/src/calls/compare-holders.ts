import { setImmediate as yieldToOthers } from 'node:timers/promises';

import { compareHolders, ProblemError } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';
import { holderOf, propositionOf } from '@stance/read-model';
import type { z } from 'zod';

import { holderComparisonAnswer, toldHolder } from '../answers/holder-comparison-answer.ts';
import type { ToldHolder } from '../answers/holder-comparison-answer.ts';
import { comparedHistories } from '../compared-histories.ts';
import { invalidParameter, requestedRange } from '../dates.ts';
import { jsonAnswer } from '../json-answer.ts';
import type { QueryService } from '../service.ts';

/** So many histories are kept for further reads; where more are compared, others' stay. */
const mostKept = 200;
/** So many are told before others get their turn. */
const historiesAPiece = 200;
const mostMoves = 5000;

/** The rules across the parameters. @throws ProblemError `invalid-input`. */
const checkQuery = ({ proposition, topic, holders, at, to }: z.output<typeof compareHolders.query>): void => {
  if (proposition === undefined && topic === undefined) {
    throw invalidParameter('proposition', 'a proposition or a topic has to be named');
  }
  if (proposition !== undefined && topic !== undefined) {
    throw invalidParameter('topic', 'stands in place of a proposition, not beside one');
  }
  if (topic !== undefined && holders === undefined) {
    throw invalidParameter('holders', 'have to be named where a topic is');
  }
  if (at !== undefined && to !== undefined) {
    throw invalidParameter('to', 'is another name for `at`: give one of them');
  }
};

/** `GET /v1/compare`. */
export const registerCompareHolders = (app: HttpApp, { readings, readModel, by }: QueryService): void => {
  registerEndpoint(app, compareHolders, async (input) => {
    const { query } = input;
    checkQuery(query);
    const { from } = requestedRange(query.from, query.to);
    return readings.answer(
      {
        list: compareHolders.operationId,
        keyLength: 0,
        takesAt: true,
        schema: compareHolders.query,
        query: { ...query, at: query.at ?? query.to },
        signal: () => input.signal,
      },
      async ({ context }) => {
        const { knownAt, at } = context;
        if (from !== null && from > at.day) throw invalidParameter('from', 'must not be after the end of the period');
        const { proposition, topic, holders: named } = query;
        const { holders, rows } = await comparedHistories(readModel, { proposition, topic, holders: named }, knownAt);
        const { folds } = by(context.method);
        const folded = await folds.of(rows, knownAt, { keep: rows.length <= mostKept, signal: input.signal });
        const histories = rows.map(({ history }) => history);
        const propositions = [...new Set(histories.map(propositionOf))];
        const names = await readModel.read(async (snapshot) => ({
          actorIds: await snapshot.actorIds(holders),
          actorNames: await snapshot.actorNames(holders, knownAt),
          propositionIds: await snapshot.propositionIds(propositions),
          propositionTexts: await snapshot.propositionTexts(propositions, knownAt),
          incomplete: await snapshot.incompleteHistories(histories, knownAt),
        }));
        const actorId = (no: number): string => names.actorIds.get(no) ?? '';
        const propositionId = (no: number): string => names.propositionIds.get(no) ?? '';
        const period = { from, to: at.day };
        const told: ToldHolder[] = [];
        let moves = 0;
        for (const number of histories) {
          const history = folded.get(number) ?? null;
          const compared = {
            holder: actorId(holderOf(number)),
            proposition: propositionId(propositionOf(number)),
            history,
            incomplete: history === null || names.incomplete.has(number),
          };
          const one = toldHolder(compared, period);
          told.push(one);
          moves += one.moves.moved.length;
          if (moves > mostMoves) {
            const detail = `There are more than ${String(mostMoves)} changes in the period: look at a shorter one, or at fewer holders.`;
            throw new ProblemError('comparison-too-large', { detail });
          }
          if (told.length % historiesAPiece === 0) await yieldToOthers();
        }
        const answer = holderComparisonAnswer(
          {
            holders: holders.map((no) => {
              const name = names.actorNames.get(no);
              return { id: actorId(no), ...(name === undefined ? {} : { name }) };
            }),
            propositions: propositions.map((no) => {
              const text = names.propositionTexts.get(no);
              return { id: propositionId(no), ...(text === undefined ? {} : { text }) };
            }),
            told,
            period,
          },
          context,
        );
        return jsonAnswer(answer, knownAt);
      },
    );
  });
};
