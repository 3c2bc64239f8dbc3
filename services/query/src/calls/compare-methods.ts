import { compareMethods } from '@stance/contracts';
import type { MethodComparisonAnswer } from '@stance/contracts';
import { differingNumbers } from '@stance/domain';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import {
  changesOfComparison,
  methodComparisonAnswer,
  numberDifferences,
  statementsOfComparison,
} from '../answers/method-comparison-answer.ts';
import { gatherMaterials } from '../answers/materials.ts';
import { createMethodComparisons } from '../method-comparisons.ts';
import { invalidParameter } from '../dates.ts';
import { answerList } from '../list.ts';
import type { Page } from '../list.ts';
import { referenceTo } from '../methods.ts';
import type { QueryService } from '../service.ts';
import { isLines } from './accept-lines.ts';
import { subjectNumbers } from './subjects.ts';

/** `GET /v1/methods/compare`: history by history. */
export const registerCompareMethods = (app: HttpApp, { readings, readModel, methods, by }: QueryService): void => {
  registerEndpoint(app, compareMethods, async (input) => {
    return readings.answer(
      {
        list: compareMethods.operationId,
        keyLength: 1,
        takesAt: true,
        schema: compareMethods.query,
        query: input.query,
        signal: () => input.signal,
      },
      async (reading) => {
        const { query, context } = reading;
        const { knownAt, at } = context;
        const a = methods.asked('a', query.a);
        const b = methods.asked('b', query.b);
        if (a === b) throw invalidParameter('b', 'must be another method than `a`');
        const references = { a: referenceTo(a), b: referenceTo(b) };
        const subject = await readModel.read((snapshot) => subjectNumbers(snapshot, query, knownAt));
        const comparisons = createMethodComparisons({ readModel, by, a, b });

        const fetch = async (key: readonly number[] | null, limit: number): Promise<Page<MethodComparisonAnswer>> => {
          const { items, next } = await comparisons.page({ ...subject, knownAt, day: at.day }, key?.[0] ?? null, limit);
          const asked = {
            knownAt,
            // Nothing of what the feed says is shown.
            live: false,
            histories: items.map(({ history }) => history),
            statementIds: items.flatMap(statementsOfComparison),
          };
          const changesOf = (side: 'a' | 'b') => items.flatMap((item) => changesOfComparison(item, side));
          const told = {
            a: {
              method: references.a,
              materials: await gatherMaterials(by(a).sources, { ...asked, changes: changesOf('a') }),
            },
            b: {
              method: references.b,
              materials: await gatherMaterials(by(b).sources, { ...asked, changes: changesOf('b') }),
            },
          };
          return {
            items: items.map((item) => methodComparisonAnswer(item, told.a, told.b)),
            next: next === null ? null : [next],
          };
        };

        return answerList({
          reading,
          limit: input.query.limit,
          lines: isLines(input.accepts),
          signal: () => input.signal,
          fetch,
          envelope: { at: at.answer, ...references, numbers: numberDifferences(differingNumbers(a, b)) },
        });
      },
    );
  });
};
