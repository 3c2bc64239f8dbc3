import type { RelayClock } from '../../src/clock.ts';

/** Time that passes only where a test lets it. */
export interface VirtualClock extends RelayClock {
  /** Lets what can go on without time passing do so. */
  settle(): Promise<void>;
  /** Lets time pass from one rest's end to the next until the condition holds. */
  until(condition: () => boolean): Promise<void>;
  /** Lets so many milliseconds pass. */
  pass(milliseconds: number): Promise<void>;
}

/** Past this, in milliseconds, nobody waits for what does not come. */
const longestWait = 3_600_000;

export const createVirtualClock = (): VirtualClock => {
  let time = 0;
  const resting = new Set<{ readonly due: number; readonly wake: () => void }>();

  const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  const next = () => [...resting].sort((a, b) => a.due - b.due)[0];

  return {
    monotonic: () => time,
    now: () => 1_000_000 + time,
    rest: (milliseconds, signal) =>
      new Promise((resolve) => {
        const one = {
          due: time + milliseconds,
          wake: () => {
            resting.delete(one);
            resolve();
          },
        };
        resting.add(one);
        if (signal.aborted) one.wake();
        else signal.addEventListener('abort', one.wake, { once: true });
      }),
    settle,
    async until(condition) {
      for (;;) {
        await settle();
        if (condition()) return;
        const first = next();
        if (first === undefined || first.due > longestWait) throw new Error('what is waited for does not come');
        time = Math.max(time, first.due);
        first.wake();
      }
    },
    async pass(milliseconds) {
      const end = time + milliseconds;
      await settle();
      for (let first = next(); first !== undefined && first.due <= end; first = next()) {
        time = Math.max(time, first.due);
        first.wake();
        await settle();
      }
      time = end;
    },
  };
};
