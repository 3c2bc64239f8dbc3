/** Thrown where a position was not passed in the time that was given for it. */
export class NotCaughtUpError extends Error {
  override readonly name: string = 'NotCaughtUpError';
  readonly code = 'not-caught-up';
  readonly retryable = true;
}

export interface WaitOptions {
  /** Milliseconds. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

interface Waiter {
  readonly position: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Those who wait until a position has been passed. */
export interface PositionWaiters {
  /** Lets go everybody who waits for this position or a lower one. */
  passed(position: number): void;
  /** Tells everybody who waits that it is over. */
  abandon(error: Error): void;
  /** @throws NotCaughtUpError after `timeout`, or as `late` says; the signal's reason when it aborts; what `abandon` says. */
  whenPassed(position: number, current: number, options?: WaitOptions): Promise<void>;
}

export interface PositionWaitersOptions {
  /** Who passes positions, for the message. */
  readonly who: string;
  /** What is thrown where it took too long. */
  readonly late?: (message: string) => Error;
}

export const createPositionWaiters = ({
  who,
  late: lateError = (message) => new NotCaughtUpError(message),
}: PositionWaitersOptions): PositionWaiters => {
  const waiting = new Set<Waiter>();

  return {
    passed(position) {
      for (const waiter of waiting) if (waiter.position <= position) waiter.resolve();
    },
    abandon(error) {
      for (const waiter of waiting) waiter.reject(error);
    },
    whenPassed(position, current, { timeout, signal } = {}) {
      if (position <= current) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const done = (finish: () => void): void => {
          waiting.delete(waiter);
          clearTimeout(timer);
          signal?.removeEventListener('abort', aborted);
          finish();
        };
        const fail = (error: Error): void => {
          done(() => {
            reject(error);
          });
        };
        const aborted = (): void => {
          fail(signal?.reason instanceof Error ? signal.reason : new Error('the wait was given up'));
        };
        const late = (): void => {
          fail(lateError(`${who} has not passed position ${String(position)} within ${String(timeout)} ms`));
        };
        const waiter: Waiter = {
          position,
          resolve: () => {
            done(resolve);
          },
          reject: fail,
        };
        const timer = timeout === undefined ? undefined : setTimeout(late, timeout);
        if (signal?.aborted === true) {
          aborted();
          return;
        }
        signal?.addEventListener('abort', aborted);
        waiting.add(waiter);
      });
    },
  };
};
