export type WebhookErrorCode =
  | 'too-many-webhooks'
  | 'webhooks-busy'
  | 'webhooks-closed'
  | 'webhooks-corrupt'
  | 'webhooks-foreign-file'
  | 'webhooks-foreign-schema'
  | 'webhooks-full'
  | 'webhooks-missing'
  | 'webhooks-no-rights'
  | 'webhooks-read-only'
  | 'webhooks-refused'
  | 'webhooks-too-large'
  | 'webhooks-unavailable'
  | 'webhooks-unsupported-server';

/** A failure of the store of webhooks, told apart by `code`; `retryable` says whether the same call may go through later. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly code: WebhookErrorCode;
  readonly retryable: boolean;

  constructor(code: WebhookErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
