export type DateErrorCode =
  /** Not a date of EDTF level 0 or 1, nor an instant. */
  | 'invalid-date'
  /** A date that the calendar does not have. */
  | 'no-such-date'
  /** An interval that ends before it begins. */
  | 'from-after-to'
  /** Neither `saidAt` nor `publishedAt`, or nothing that says when it ended. */
  | 'date-missing'
  /** Said after it was published. */
  | 'said-after-published'
  /** Without `publishedAt`, said after it was received. */
  | 'said-after-receipt';

/** A date that cannot be used. Trying again does not help. */
export class DateError extends Error {
  override readonly name = 'DateError';
  readonly code: DateErrorCode;
  readonly retryable = false;

  constructor(code: DateErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
