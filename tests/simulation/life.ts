import type { Pending, Scheduler } from './scheduler.ts';

/** How a call fails, and what it may do before that besides all or nothing. */
export interface Failing {
  readonly failure: () => Error;
  readonly partly?: () => void | Promise<void>;
}

/**
 * A process: what it asks for goes through the scheduler, and it can be killed or stopped for a while between any two of
 * its steps.
 */
export interface Life {
  readonly name: string;
  /** Running: neither killed nor stopped. */
  isRunning(): boolean;
  isDead(): boolean;
  /**
   * Asks something of the outside. It takes effect when it is picked, perhaps after the end of who asked; it may fail, or
   * take effect and its answer be lost.
   */
  ask<Result>(what: string, effect: () => Result | Promise<Result>, failing?: Failing): Promise<Result>;
  /** Hears something, when it is picked. */
  hear(what: string, listener: () => void): void;
  rest(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** For good. What it asked for may still take effect. */
  kill(): void;
  stop(): void;
  goOn(): void;
  /** Calls this at its end; at once, where that has been. */
  onEnd(listener: () => void): void;
}

/** One of so many answers takes its time. */
const slowness = 5;

/** In milliseconds: longer than any lease, or than anybody waits. */
const longestDelay = 15_000;

type Fate = 'done' | 'failed' | 'unanswered' | 'partly';

export const createLife = (name: string, scheduler: Scheduler): Life => {
  let state: 'running' | 'stopped' | 'dead' = 'running';
  const endings: (() => void)[] = [];

  const fateOf = (failing: Failing | undefined): Fate => {
    if (failing === undefined || !scheduler.strikes(scheduler.weather().faults)) return 'done';
    return scheduler.random.pick(['failed', 'unanswered', failing.partly === undefined ? 'failed' : 'partly']);
  };

  const answer = (what: string, go: () => void): void => {
    if (state === 'dead') return;
    if (state === 'stopped' || scheduler.strikes(slowness)) {
      scheduler.add({ kind: 'answer', what: `${what}, answered`, of: life, due: 0, go });
    } else go();
  };

  const life: Life = {
    name,
    isRunning: () => state === 'running',
    isDead: () => state === 'dead',
    ask: (what, effect, failing) =>
      new Promise((resolve, reject) => {
        if (state === 'dead') return;
        const go = async (): Promise<void> => {
          const fate = fateOf(failing);
          if (failing !== undefined && fate !== 'done' && fate !== 'unanswered') {
            if (fate === 'partly') await failing.partly?.();
            return answer(`${what} (${fate})`, () => reject(failing.failure()));
          }
          try {
            const result = await effect();
            answer(what, () =>
              fate === 'done' || failing === undefined ? resolve(result) : reject(failing.failure()),
            );
          } catch (error) {
            answer(what, () => reject(error instanceof Error ? error : new Error(String(error))));
          }
        };
        const isSlow = scheduler.strikes(scheduler.weather().delays);
        const due = isSlow ? scheduler.time() + scheduler.random.integer(longestDelay) : 0;
        scheduler.add({ kind: 'effect', what, of: life, due, go });
      }),
    hear(what, listener) {
      if (state !== 'dead') scheduler.add({ kind: 'answer', what, of: life, due: 0, go: listener });
    },
    rest: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (state === 'dead') return;
        const due = scheduler.time() + Math.max(0, milliseconds);
        const one: Pending = { kind: 'timer', what: 'has rested', of: life, due, go: () => end() };
        const end = (): void => {
          scheduler.remove(one);
          signal?.removeEventListener('abort', end);
          if (state !== 'dead') resolve();
        };
        if (signal?.aborted === true) return end();
        signal?.addEventListener('abort', end);
        scheduler.add(one);
      }),
    kill() {
      if (state === 'dead') return;
      state = 'dead';
      for (const one of scheduler.of(life)) {
        if (one.kind !== 'effect' || scheduler.random.integer(2) === 0) scheduler.remove(one);
      }
      for (const ending of endings) ending();
    },
    stop() {
      if (state === 'running') state = 'stopped';
    },
    goOn() {
      if (state === 'stopped') state = 'running';
    },
    onEnd(listener) {
      if (state === 'dead') listener();
      else endings.push(listener);
    },
  };
  return life;
};
