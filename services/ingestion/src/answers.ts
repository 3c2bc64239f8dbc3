import { ProblemError } from '@stance/contracts';
import type {
  ActorInput,
  ActorWritten,
  InputIssue,
  PropositionInput,
  PropositionWritten,
  StatementWritten,
  TopicInput,
  TopicWritten,
} from '@stance/contracts';
import type { Answer } from '@stance/http';

import type { Replacing, Written } from './written.ts';

/** A revision as `If-Match` takes it. */
export const revisionEtag = (revision: number): string => `"${revision}"`;

/** The answer to a correction or retraction. */
export const statementChanged = (statementId: string, written: Written): Answer => ({
  status: 200,
  etag: revisionEtag(written.revision),
  body: { statementId, ...written } satisfies StatementWritten,
});

const created = ({ outcome }: Written, isNew: boolean): 200 | 201 => (isNew && outcome === 'accepted' ? 201 : 200);

/** `isNew`: what was accepted is a new resource. */
export const actorWritten = (actorId: string, written: Replacing<ActorInput>, isNew: boolean): Answer => ({
  status: created(written, isNew),
  body: { actorId, ...written } satisfies ActorWritten,
});

/** `isNew`: what was accepted is a new resource. */
export const propositionWritten = (
  propositionId: string,
  written: Replacing<PropositionInput>,
  isNew: boolean,
): Answer => ({
  status: created(written, isNew),
  body: { propositionId, ...written } satisfies PropositionWritten,
});

/** `isNew`: what was accepted is a new resource. */
export const topicWritten = (
  topicId: string,
  { isNew, ...written }: Replacing<TopicInput> & { readonly isNew: boolean },
): Answer => ({
  status: created(written, isNew),
  body: { topicId, ...written } satisfies TopicWritten,
});

export const invalidInput = (problems: readonly InputIssue[]): ProblemError => {
  const [first] = problems;
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
  return new ProblemError('invalid-input', {
    detail: `The input is not valid: ${where}${first?.message ?? ''}`,
    errors: problems,
  });
};
