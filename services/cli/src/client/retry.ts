import { setTimeout as delay } from 'node:timers/promises';

import { ClientError } from '@stance/client';

import { CliError } from '../cli-error.ts';

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
        if (!(error instanceof ClientError)) throw error;
        reached ||= error.status > 0 || error.code === 'connection-lost';
        if (!error.retryable || !reached || attempt === tries) throw error;
        options.onRetry?.(error);
        const wait = Math.min(longestWait, error.retryAfter ?? firstWait * 2 ** (attempt - 1));
        await delay(wait, undefined, options.signal === undefined ? {} : { signal: options.signal }).catch(
          (cause: unknown) => {
            throw new CliError('interrupted', 'Stopped', { cause });
          },
        );
      }
    }
  };
};
