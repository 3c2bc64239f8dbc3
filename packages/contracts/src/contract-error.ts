export type ContractErrorCode = 'unknown-event-type' | 'unknown-event-version' | 'invalid-event-data';

/** An event of the log that this version of the program cannot read. Trying again does not help. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly code: ContractErrorCode;
  readonly retryable = false;

  constructor(code: ContractErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
