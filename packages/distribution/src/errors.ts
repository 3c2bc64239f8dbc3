export type DistributionErrorCode =
  | 'distribution-closed'
  | 'distribution-denied'
  | 'distribution-fenced'
  | 'distribution-misconfigured'
  | 'distribution-refused'
  | 'distribution-topic-missing'
  | 'distribution-unavailable'
  | 'distribution-undecodable';

/** A failure of the distribution, told apart by `code`; `retryable` says whether the same call may go through later. */
export class DistributionError extends Error {
  override readonly name = 'DistributionError';
  readonly code: DistributionErrorCode;
  readonly retryable: boolean;

  constructor(code: DistributionErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
