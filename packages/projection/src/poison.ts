/** Why one event cannot be handled, now or later: it is parked, and the rest of its stream with it. */
export class PoisonError extends Error {
  override readonly name = 'PoisonError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Poison {
  readonly code: string;
  readonly message: string;
}

/** What is written down about an event that could not be handled. */
export const poisonOf = (error: unknown): Poison => ({
  code: error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'handler-failed',
  message: (error instanceof Error ? error.message : String(error)).slice(0, 2000),
});
