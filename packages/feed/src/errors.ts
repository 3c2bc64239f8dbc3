export type FeedErrorCode =
  | 'feed-busy'
  | 'feed-closed'
  | 'feed-conflict'
  | 'feed-corrupt'
  | 'feed-foreign-file'
  | 'feed-foreign-schema'
  | 'feed-full'
  | 'feed-in-use'
  | 'feed-missing'
  | 'feed-no-rights'
  | 'feed-of-another-log'
  | 'feed-read-only'
  | 'feed-refused'
  | 'feed-too-large'
  | 'feed-unavailable'
  | 'feed-unsupported-server';

/** A failure of the feed store, told apart by `code`; `retryable` says whether the same call may go through later. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
  readonly code: FeedErrorCode;
  readonly retryable: boolean;

  constructor(code: FeedErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
