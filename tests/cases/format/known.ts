import { applyMergePatch, readStatementInput } from '@stance/contracts';
import type { InputIssue, StatementContent } from '@stance/contracts';
import { dayOf, survivorsOf } from '@stance/domain';
import type { Relation, Survivors } from '@stance/domain';

import { submissionOf } from './case.ts';
import type { CaseStep } from './case.ts';

/** A statement as the record has it. */
export interface Recorded {
  readonly content: StatementContent;
  /** In milliseconds since 1970. */
  readonly recordedAt: number;
}

/** What the record holds after some steps. */
export interface Known {
  /** All that was ever made and not retracted, by id. */
  readonly statements: Map<string, Recorded>;
  /** Those that another one replaces, recorded or not. */
  readonly replaced: Set<string>;
  /** Under whom an actor goes, where it was merged. */
  readonly mergedInto: Map<string, string>;
  readonly relations: Relation[];
}

export const nothingKnown = (): Known => ({
  statements: new Map(),
  replaced: new Set(),
  mergedInto: new Map(),
  relations: [],
});

const millisecondsOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** One more step; gives what is wrong with it, and then has not taken it. */
export const learn = (known: Known, step: CaseStep): readonly InputIssue[] => {
  const recordedAt = millisecondsOf(step.recorded);
  const keep = (value: unknown, id: string, within: string): readonly InputIssue[] => {
    const reading = readStatementInput(value, { receivedOn: dayOf(recordedAt) });
    if ('problems' in reading) {
      return reading.problems.map(({ path, message }) => ({ path: within === '' ? path : within, message }));
    }
    known.statements.set(id, { content: reading.ok.content, recordedAt });
    return [];
  };
  if ('statement' in step) {
    if (known.statements.has(step.statement)) return [{ path: 'statement', message: 'is given already' }];
    const issues = keep(submissionOf(step), step.statement, '');
    if (issues.length === 0 && step.replaces !== undefined) known.replaced.add(step.replaces);
    return issues;
  }
  if ('correct' in step) {
    const former = known.statements.get(step.correct);
    if (former === undefined) return [{ path: 'correct', message: 'is not given before' }];
    return keep(applyMergePatch(former.content, step.change), step.correct, 'change');
  }
  if ('retract' in step) {
    return known.statements.delete(step.retract) ? [] : [{ path: 'retract', message: 'is not given before' }];
  }
  if ('merge' in step) known.mergedInto.set(step.merge, step.into);
  if ('relation' in step) known.relations.push({ from: step.relation, type: step.type, to: step.to });
  if ('unmerge' in step && !known.mergedInto.delete(step.unmerge)) {
    return [{ path: 'unmerge', message: 'is not merged before' }];
  }
  return [];
};

/** Who answers for whom. */
export const survivorsIn = ({ mergedInto }: Known): Survivors<string> =>
  survivorsOf([...mergedInto].map(([actor, into]) => ({ actor, into })));

/** The statements that count. */
export const countingIn = ({ statements, replaced }: Known): [string, Recorded][] =>
  [...statements].filter(([id]) => !replaced.has(id));
