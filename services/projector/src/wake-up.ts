/** Lets one loop wait for news, at most for a while. News that came before it waits is not lost. */
export interface WakeUp {
  /** There is news. */
  ring(): void;
  /** Resolves at the next ring, or at once if it rang since the last wait, or after so many milliseconds. */
  wait(atMost: number): Promise<void>;
}

export const createWakeUp = (): WakeUp => {
  let rung = false;
  let waiting: (() => void) | null = null;

  return {
    ring() {
      rung = true;
      waiting?.();
    },
    wait(atMost) {
      return new Promise((resolve) => {
        const go = (): void => {
          clearTimeout(timer);
          waiting = null;
          rung = false;
          resolve();
        };
        const timer = setTimeout(go, atMost);
        waiting = go;
        if (rung) go();
      });
    },
  };
};
