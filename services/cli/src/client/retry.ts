import { setTimeout as delay } from 'node:timers/promises';

import { CliError } from '../cli-error.ts';
import { ProblemAnswer } from './problem-answer.ts';

const firstWait = 250;
const longestWait = 5000;
const tries = 10;

export interface Retry {
  /**
   * Runs the call, and runs it again after a wait that grows (250 ms to 5 s, or as long as the service asks for) where
   * it failed in a way that may pass: nine times at most, about half a minute. As long as nothing ever
   * answered nothing is tried again, so that a service that isn't there is reported at once.
   */
  <Result>(call: () => Promise<Result>): Promise<Result>;
}

export const createRetry = (options: { signal?: AbortSignal | undefined; onRetry?: (error: Error) => void }): Retry => {
  let reached = false;
  return async (call) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await call();
        reached = true;
        return result;
      } catch (error) {
        if (error instanceof ProblemAnswer || (error instanceof CliError && error.code === 'connection-lost'))
          reached = true;
        if (!passing(error) || !reached || attempt === tries) throw error;
        options.onRetry?.(error);
        const asked = error instanceof ProblemAnswer ? error.retryAfter : undefined;
        const wait = Math.min(longestWait, asked ?? firstWait * 2 ** (attempt - 1));
        await delay(wait, undefined, options.signal === undefined ? {} : { signal: options.signal }).catch(
          (cause: unknown) => {
            throw new CliError('interrupted', 'Stopped', { cause });
          },
        );
      }
    }
  };
};

const passing = (error: unknown): error is CliError | ProblemAnswer =>
  (error instanceof CliError || error instanceof ProblemAnswer) && error.retryable;
