import type { LineError, ProblemCode, RecordedState } from '@stance/contracts';

export interface StatementAccepted {
  readonly outcome: 'accepted';
  readonly statementId: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
}

/** `revision` and `position` are those of the event that recorded it. */
export interface StatementDuplicate {
  readonly outcome: 'duplicate';
  readonly statementId: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly state: RecordedState;
}

export interface StatementRejected {
  readonly outcome: 'rejected';
  readonly statementId: string;
  readonly error: LineError & { readonly code: ProblemCode };
}

/** What became of one submission. */
export type StatementResult = StatementAccepted | StatementDuplicate | StatementRejected;
