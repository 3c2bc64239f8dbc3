import type { RelayClock } from './clock.ts';

/** Lets the loop wait for news, at most for a while. News that came before it waits is not lost. */
export interface News {
  /** There is news. */
  ring(): void;
  /** Resolves at the next ring, or at once if it rang since the last wait, or after so many milliseconds. */
  wait(atMost: number): Promise<void>;
}

export const createNews = (clock: RelayClock): News => {
  let rung = false;
  let waking = new AbortController();

  return {
    ring() {
      rung = true;
      waking.abort();
    },
    async wait(atMost) {
      waking = new AbortController();
      if (!rung) await clock.rest(atMost, waking.signal);
      rung = false;
    },
  };
};
