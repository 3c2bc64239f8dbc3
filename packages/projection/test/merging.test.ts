import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { naturalState } from './support/natural-state.ts';
import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { record, stepsWithoutPoison } from './support/steps.ts';
import type { Step } from './support/steps.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const pairs = fc
  .subarray(['ann', 'bob', 'cem', 'dee'], { minLength: 2, maxLength: 2 })
  .map(([actor = '', into = '']) => ({ actor, into }));

/** What an actor is merged into by other steps would not come back when it is unmerged. */
const mergesNot = (actor: string) => (step: Step) =>
  (step.kind !== 'merge' && step.kind !== 'unmerge') || step.actor !== actor;

const stateAfter = async (steps: readonly Step[], sizes: readonly number[]) => {
  using folder = temporaryFolder();
  const log = createRecordedLog();
  await record(log, steps);
  await project(log.store, folder.path('read-model.db'), sizes);
  return naturalState(folder.path('read-model.db'));
};

describe('a merge that is taken back', () => {
  it(
    'leaves what there would be without it, whatever was recorded before, meanwhile and after',
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          pairs,
          stepsWithoutPoison,
          stepsWithoutPoison,
          stepsWithoutPoison,
          fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }),
          async ({ actor, into }, ...[before, meanwhile, after, sizes]) => {
            const others = [before, meanwhile, after].map((steps) => steps.filter(mergesNot(actor)).slice(0, 15));
            const [first = [], second = [], third = []] = others;
            const merged = [
              ...first,
              { kind: 'merge' as const, actor, into },
              ...second,
              { kind: 'unmerge' as const, actor },
              ...third,
            ];
            expect(await stateAfter(merged, sizes)).toEqual(await stateAfter(others.flat(), sizes));
          },
        ),
      );
    },
  );
});
