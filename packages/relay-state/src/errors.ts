export type RelayStateErrorCode =
  | 'relay-state-busy'
  | 'relay-state-closed'
  | 'relay-state-corrupt'
  | 'relay-state-foreign-schema'
  | 'relay-state-full'
  | 'relay-state-no-rights'
  | 'relay-state-read-only'
  | 'relay-state-refused'
  | 'relay-state-unavailable'
  | 'relay-state-unsupported-server'
  | 'relay-superseded';

/** A failure of the relay's state, told apart by `code`; `retryable` says whether the same call may go through later. */
export class RelayStateError extends Error {
  override readonly name = 'RelayStateError';
  readonly code: RelayStateErrorCode;
  readonly retryable: boolean;

  constructor(code: RelayStateErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
