import type { ClientError } from '../client-error.ts';
import { abortedBy } from './failure.ts';

/** How often and how fast a call is made again that may go through later. */
export interface RetryPolicy {
  /** How often a call is made at most, the first time included. Default: 6. */
  readonly tries?: number;
  /** The first wait, in milliseconds; each further one is twice as long. Default: 200. */
  readonly firstWait?: number;
  /** The longest wait, in milliseconds, whatever the service asks for. Default: 10,000. */
  readonly longestWait?: number;
}

/** The waits of one call: to be asked after each failure. */
export interface Backoff {
  /**
   * Waits before the next try.
   *
   * @throws the error where it is of a kind that does not pass, or after the last try; ClientError `aborted`
   */
  waitAfter(error: ClientError, signal: AbortSignal | undefined): Promise<void>;
  /** Something went through: what comes next counts from the beginning. */
  reset(): void;
}

export const createBackoff = ({ tries = 6, firstWait = 200, longestWait = 10_000 }: RetryPolicy): Backoff => {
  let failures = 0;
  return {
    waitAfter: async (error, signal) => {
      failures++;
      if (!error.retryable || failures >= tries) throw error;
      const grown = firstWait * 2 ** (failures - 1);
      // Callers that failed together do not come back together.
      const jittered = grown * (0.5 + Math.random() / 2);
      await delay(Math.min(longestWait, Math.max(jittered, error.retryAfter ?? 0)), signal);
    },
    reset: () => {
      failures = 0;
    },
  };
};

/** @throws ClientError `aborted` */
export const delay = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(abortedBy(signal));
      return;
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    const onAbort = (): void => {
      clearTimeout(timer);
      if (signal !== undefined) reject(abortedBy(signal));
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
