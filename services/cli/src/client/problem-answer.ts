import type { InputIssue, ProblemDocument } from '@stance/contracts';

/** The service answered a call with a problem document. */
export class ProblemAnswer extends Error {
  override readonly name = 'ProblemAnswer';
  readonly problem: ProblemDocument;
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;
  /** In milliseconds, where the service said how long to wait. */
  readonly retryAfter: number | undefined;

  constructor(problem: ProblemDocument, retryAfter?: number) {
    super(problem.detail);
    this.problem = problem;
    this.code = problem.code;
    this.status = problem.status;
    this.retryable = problem.retryable;
    this.retryAfter = retryAfter;
  }

  get issues(): readonly InputIssue[] {
    return this.problem.errors ?? [];
  }
}
