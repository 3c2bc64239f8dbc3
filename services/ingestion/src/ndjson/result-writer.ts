import type { ServerResponse } from 'node:http';

import { ProblemError } from '@stance/contracts';

import type { IngestionLimits } from '../limits.ts';

/** Writes result lines to a client that may read slowly, or not at all until it has sent everything. */
export interface ResultWriter {
  /**
   * Resolves at once as long as few results wait to be read; else as soon as the client has read them. Where the client
   * has gone it does nothing.
   *
   * @throws ProblemError `results-not-read` where the client reads nothing for too long; later calls do nothing
   */
  write(text: string): Promise<void>;
}

export const createResultWriter = (
  response: ServerResponse,
  limits: Pick<IngestionLimits, 'unreadResultBytes' | 'unreadResultsTimeoutMs'>,
): ResultWriter => {
  let givenUp = false;

  /** Resolves to whether anything has changed: drained, or gone. */
  const drained = (): Promise<boolean> =>
    new Promise((resolve) => {
      const settle = (changed: boolean): void => {
        clearTimeout(timer);
        response.off('drain', onChange).off('close', onChange);
        resolve(changed);
      };
      const onChange = (): void => settle(true);
      const timer = setTimeout(settle, limits.unreadResultsTimeoutMs, false);
      response.on('drain', onChange).on('close', onChange);
    });

  return {
    async write(text) {
      if (givenUp || response.destroyed || text === '') return;
      response.write(text);
      while (!response.destroyed && response.writableLength > limits.unreadResultBytes) {
        const before = response.writableLength;
        if ((await drained()) || response.writableLength < before) continue;
        givenUp = true;
        throw new ProblemError('results-not-read', {
          detail: `${before} bytes of results wait to be read, and for ${limits.unreadResultsTimeoutMs} ms nothing was.`,
        });
      }
    },
  };
};
