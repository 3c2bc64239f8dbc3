/** A failure of the projector, told apart by `code`; those of its stores keep their own code and name. */
export class ProjectorError extends Error {
  override readonly name: string;
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { name?: string; retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = options.name ?? 'ProjectorError';
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
