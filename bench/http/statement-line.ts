import { statementIdOf, statementOf } from '../votes.ts';
import type { Vote, VoteShape } from '../votes.ts';

/** A vote as a statement to submit. */
export const statementLine = (vote: Vote, shape: VoteShape) => ({
  id: statementIdOf(vote, shape),
  ...statementOf(vote, shape),
});

export type StatementLine = ReturnType<typeof statementLine>;
