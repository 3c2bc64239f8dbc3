export type EventStoreErrorCode =
  | 'event-store-closed'
  | 'event-store-corrupt'
  | 'event-store-denied'
  | 'event-store-foreign-file'
  | 'event-store-full'
  | 'event-store-in-use'
  | 'event-store-misconfigured'
  | 'event-store-read-only'
  | 'event-store-removed'
  | 'event-store-stream-deleted'
  | 'event-store-too-large'
  | 'event-store-too-old'
  | 'event-store-unavailable';

/** A failure of the event store, told apart by `code`; `retryable` says whether the same call may go through later. */
export class EventStoreError extends Error {
  override readonly name = 'EventStoreError';
  readonly code: EventStoreErrorCode;
  readonly retryable: boolean;

  constructor(code: EventStoreErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
