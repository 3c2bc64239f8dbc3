import type { SeededRandom } from '../../support/seeded-random.ts';
import type { Case, CaseStep } from '../format/case.ts';

/** What a step is about; steps about one thing keep their order. Merges need one order over all actors. */
const subjectOf = (step: CaseStep): string => {
  if ('statement' in step) return step.statement;
  if ('correct' in step) return step.correct;
  if ('retract' in step) return step.retract;
  if ('revise' in step) return `${step.revise} revised`;
  return 'registry';
};

/** The steps as they might have come as well: only those about one thing in their order. */
export const shuffled = (steps: readonly CaseStep[], random: SeededRandom): CaseStep[] => {
  const waiting = new Map<string, CaseStep[]>();
  for (const step of steps) {
    const subject = subjectOf(step);
    waiting.set(subject, [...(waiting.get(subject) ?? []), step]);
  }
  const arrived: CaseStep[] = [];
  while (waiting.size > 0) {
    // Each step is as likely to be next, so that many steps about one thing do not all come last.
    const all = [...waiting].flatMap(([subject, queue]) => queue.map(() => subject));
    const subject = all[random.integer(all.length)] ?? '';
    const queue = waiting.get(subject) ?? [];
    const next = queue.shift();
    if (next !== undefined) arrived.push(next);
    if (queue.length === 0) waiting.delete(subject);
  }
  return arrived;
};

/** A step, and whether it was recorded before. */
export interface Arrival {
  readonly step: CaseStep;
  readonly again: boolean;
}

/** Whether a step sent again says nothing new, however late: a merge after its unmerge is another merge. */
const isRepeatable = (step: CaseStep): boolean => !('merge' in step || 'unmerge' in step || 'revise' in step);

/** The steps in their order, about half of them (one at least) sent again somewhere after. */
export const withDuplicates = (steps: readonly CaseStep[], random: SeededRandom): Arrival[] => {
  const arrivals: Arrival[] = steps.map((step) => ({ step, again: false }));
  const repeatable = steps.filter(isRepeatable);
  const first = random.integer(repeatable.length);
  for (const [index, step] of repeatable.entries()) {
    if (index !== first && random.integer(2) === 0) continue;
    const after = arrivals.findIndex((arrival) => arrival.step === step) + 1;
    arrivals.splice(after + random.integer(arrivals.length - after + 1), 0, { step, again: true });
  }
  return arrivals;
};

/** Without the questions for what was known in between, which depends on what came first. */
export const askedAtTheEnd = ({ given, asked }: Case): Pick<Case, 'asked'> => {
  const last = given.at(-1)?.recorded ?? '';
  return { asked: asked.filter(({ knownAt }) => knownAt === undefined || knownAt >= last) };
};

/** Without the questions for names, of which the rules know nothing. */
export const withoutNames = ({ asked }: Case): Pick<Case, 'asked'> => ({
  asked: asked.filter(({ name }) => name === undefined),
});
