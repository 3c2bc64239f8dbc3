import { ProjectionError } from './errors.ts';

export interface WaitOptions {
  /** Milliseconds. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

interface Waiter {
  readonly position: number;
  readonly resolve: () => void;
}

/** Those who wait until a position has been passed. */
export interface PositionWaiters {
  /** Lets go everybody who waits for this position or a lower one. */
  passed(position: number): void;
  /** @throws ProjectionError `not-caught-up` after `timeout`; the signal's reason when it aborts. */
  whenPassed(position: number, current: number, options?: WaitOptions): Promise<void>;
}

export const createPositionWaiters = (): PositionWaiters => {
  const waiting = new Set<Waiter>();

  return {
    passed(position) {
      for (const waiter of waiting) if (waiter.position <= position) waiter.resolve();
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
        const aborted = (): void => {
          done(() => {
            reject(signal?.reason instanceof Error ? signal.reason : new Error('the wait was given up'));
          });
        };
        const late = (): void => {
          const message = `the projection has not passed position ${String(position)} within ${String(timeout)} ms`;
          done(() => {
            reject(new ProjectionError('not-caught-up', message, { retryable: true }));
          });
        };
        const waiter: Waiter = {
          position,
          resolve: () => {
            done(resolve);
          },
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
