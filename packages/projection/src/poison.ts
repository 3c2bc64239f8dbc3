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
  /** Where in the program it failed, where nobody foresaw that. */
  readonly detail?: string;
}

const longestText = 2000;

/** The stack of an error, and those of what caused it. */
const stacksOf = (error: Error): string => {
  const stacks: string[] = [];
  for (let at: unknown = error; at instanceof Error && stacks.length < 5; at = at.cause) {
    stacks.push(at.stack ?? at.message);
  }
  return stacks.join('\ncaused by: ');
};

/** What is written down about an event that could not be handled. */
export const poisonOf = (error: unknown): Poison => {
  if (!(error instanceof Error)) return { code: 'handler-failed', message: String(error).slice(0, longestText) };
  const message = error.message.slice(0, longestText);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  // A refusal says it all; one with a cause, or a failure of the program itself, is for who mends it.
  if (code !== null && error.cause === undefined) return { code, message };
  return { code: code ?? 'handler-failed', message, detail: stacksOf(error).slice(0, 4 * longestText) };
};
