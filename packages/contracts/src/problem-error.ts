import { problemDocument, problems } from './problem.ts';
import type { ProblemCode, ProblemDetails, ProblemDocument, ProblemPlace } from './problem.ts';

export interface ProblemErrorOptions extends ProblemDetails {
  /** Headers of the answer, such as `Retry-After` or `ETag`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Thrown where a call cannot be answered as asked; the HTTP layer turns it into a problem document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly status: number;
  readonly retryable: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, options: ProblemErrorOptions = {}) {
    const { headers, cause, ...details } = options;
    super(details.detail ?? problems[code].title, { cause });
    this.code = code;
    this.status = problems[code].status;
    this.retryable = problems[code].retryable;
    this.headers = headers ?? {};
    this.details = details;
  }

  /** The problem document of this error. */
  document(place: ProblemPlace = {}): ProblemDocument {
    return problemDocument(this.code, this.details, place);
  }
}
