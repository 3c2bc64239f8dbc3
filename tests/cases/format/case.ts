import type { ActorInput } from '@stance/contracts';
import { z } from 'zod';

import { questionSchema } from './question.ts';
import type { Expected } from './question.ts';
import { actorsSchema, propositionsSchema, stepSchema } from './step.ts';
import type { Step, StepOf } from './step.ts';

/** A case as it is written. */
export const caseSchema = z.strictObject({
  title: z.string().min(1),
  because: z.string().min(1),
  pending: z.string().min(1).optional(),
  actors: actorsSchema.refine((actors) => Object.keys(actors).length > 0, 'needs one actor at least'),
  propositions: propositionsSchema.refine((all) => Object.keys(all).length > 0, 'needs one proposition at least'),
  given: z.array(stepSchema).min(1),
  asked: z.array(questionSchema).min(1),
});

export type WrittenCase = z.infer<typeof caseSchema>;

/** A statement step about whom it names or, where it names nobody, about the first actor and proposition. */
export type StatementStep = StepOf<'statement'> & { readonly holder: string; readonly proposition: string };
export type CaseStep = StatementStep | Exclude<Step, StepOf<'statement'>>;

/** A question: whose stance on what, or who goes by a name; as said by a day, as known on a day; and its answer. */
export interface Question {
  readonly name?: string | undefined;
  readonly holder: string;
  readonly proposition: string;
  readonly at?: string | undefined;
  readonly knownAt?: string | undefined;
  readonly because: string;
  readonly expected: Expected;
}

/** One situation, and what must be answered. */
export interface Case {
  /** Folder and file, without the ending. */
  readonly name: string;
  readonly title: string;
  /** What it waits for; it is not asked until then. */
  readonly pending: string | undefined;
  readonly actors: Readonly<Record<string, ActorInput>>;
  /** The wording of each. */
  readonly propositions: Readonly<Record<string, string>>;
  readonly given: readonly CaseStep[];
  readonly asked: readonly Question[];
}

/** With what goes without saying filled in. */
export const caseFrom = (name: string, written: WrittenCase): Case => {
  const [firstActor = ''] = Object.keys(written.actors);
  const [firstProposition = ''] = Object.keys(written.propositions);
  return {
    name,
    title: written.title,
    pending: written.pending,
    actors: written.actors,
    propositions: written.propositions,
    given: written.given.map((step) =>
      'statement' in step
        ? { ...step, holder: step.holder ?? firstActor, proposition: step.proposition ?? firstProposition }
        : step,
    ),
    asked: written.asked.map(
      ({ name, holder = firstActor, proposition = firstProposition, at, knownAt, because, ...expected }) => ({
        name,
        holder,
        proposition,
        at,
        knownAt,
        because,
        expected,
      }),
    ),
  };
};

/** What is submitted of a statement step. */
export const submissionOf = ({ statement, recorded: _recorded, ...fields }: StatementStep) => ({
  id: statement,
  ...fields,
});
