export type ReadModelErrorCode =
  | 'checkpoint-conflict'
  | 'read-model-busy'
  | 'read-model-closed'
  | 'read-model-corrupt'
  | 'read-model-foreign-file'
  | 'read-model-foreign-schema'
  | 'read-model-full'
  | 'read-model-missing'
  | 'read-model-no-rights'
  | 'read-model-of-another-log'
  | 'read-model-outdated'
  | 'read-model-read-only'
  | 'read-model-refused'
  | 'read-model-too-large'
  | 'read-model-unavailable'
  | 'read-model-unsupported-server'
  | 'rebuild-under-way'
  | 'version-conflict'
  | 'version-refused'
  | 'version-unknown';

/** A failure of the read model, told apart by `code`; `retryable` says whether the same call may go through later. */
export class ReadModelError extends Error {
  override readonly name = 'ReadModelError';
  readonly code: ReadModelErrorCode;
  readonly retryable: boolean;

  constructor(code: ReadModelErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
