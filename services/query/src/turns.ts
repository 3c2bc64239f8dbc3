import { setImmediate as nextRound } from 'node:timers/promises';

import type { Pieces } from '@stance/domain';

export interface TurnsOptions {
  /** Milliseconds, from whenever. */
  readonly clock?: () => number;
  /** Resolves in the next round of the event loop, when everything that waited for the thread was served. */
  readonly round?: () => Promise<unknown>;
}

/** How long a turn lasts, in milliseconds. */
const turnMs = 5;

/**
 * Shares the thread between long works and everything else that is done on it. Works follow one another, one turn a round
 * of the event loop: however many there are, what comes in meanwhile waits for one turn.
 */
export const createTurns = ({ clock = () => performance.now(), round = nextRound }: TurnsOptions = {}) => {
  let last = Promise.resolve();
  let begun = clock();

  /** Waits for the next turn. */
  const next = (): Promise<void> => {
    last = last.then(round).then(() => {
      begun = clock();
    });
    return last;
  };

  /** Waits for the next turn where this one is over. */
  const pause = async (): Promise<void> => {
    if (clock() - begun >= turnMs) await next();
  };

  return {
    next,
    pause,

    /**
     * Drives work to its end, in as many turns as that takes.
     *
     * @param check is called after each pause: where it throws, the work is not gone on with.
     */
    drive: async <Result>(pieces: Pieces<Result>, check?: () => void): Promise<Result> => {
      let piece = pieces.next();
      while (piece.done !== true) {
        await pause();
        check?.();
        piece = pieces.next();
      }
      return piece.value;
    },
  };
};

export type Turns = ReturnType<typeof createTurns>;
