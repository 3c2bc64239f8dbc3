export type ProjectionErrorCode = 'not-caught-up' | 'projection-stopped' | 'rebuild-refused';

/** A failure of the projection, told apart by `code`; `retryable` says whether the same call may go through later. */
export class ProjectionError extends Error {
  override readonly name = 'ProjectionError';
  readonly code: ProjectionErrorCode;
  readonly retryable: boolean;

  constructor(code: ProjectionErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
