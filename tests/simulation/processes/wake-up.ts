import type { Life } from '../life.ts';

/** As the projector's own, by the clock of the simulation. */
export const createWakeUp = (life: Life) => {
  let rung = false;
  let waking = new AbortController();
  return {
    ring: (): void => {
      rung = true;
      waking.abort();
    },
    wait: async (atMost: number): Promise<void> => {
      waking = new AbortController();
      if (!rung) await life.rest(atMost, waking.signal);
      rung = false;
    },
  };
};
