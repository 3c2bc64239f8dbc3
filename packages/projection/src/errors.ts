/** A failure of the projection, told apart by `code`; those of its stores keep their own code and name. */
export class ProjectionError extends Error {
  override readonly name: string;
  /** `not-caught-up`, `rebuild-failed`, `poison-event`, or the code of a store's error. */
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { name?: string; retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = options.name ?? 'ProjectionError';
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
