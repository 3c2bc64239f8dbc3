import type { RelayClock } from '../../src/clock.ts';

/** What becomes of a call. */
export type Fate = 'done' | 'failed' | 'done-but-failed' | 'crash' | 'crash-after';

/** A process that can die between any two of its steps: from then on nothing of what it waits for comes. */
export interface Life {
  readonly clock: RelayClock;
  /** A call to something outside: it takes effect, and is answered, when its turn comes. */
  call<Result>(effect: () => Promise<Result>, partly?: () => void): Promise<Result>;
  isDead(): boolean;
}

/**
 * Decides by a list of numbers what goes on next, and what becomes of it. At the end of the list comes peace: calls are
 * answered in the order made, then time passes as far as somebody rests.
 */
export interface Chaos {
  live(): Life;
  /** The next number of the list, below `limit`; 0 in peace. */
  draw(limit: number): number;
  isPeace(): boolean;
  time(): number;
  /** Lets one thing go on. */
  step(): Promise<void>;
}

interface Pending {
  /** `null` for a call. */
  readonly due: number | null;
  go(): void;
}

const fates: readonly Fate[] = ['failed', 'done-but-failed', 'crash', 'crash-after'];
/** One of so many calls does not simply go well. */
const rarity = 10;

export const createChaos = (decisions: readonly number[], failure: (call: string) => Error): Chaos => {
  let drawn = 0;
  let time = 0;
  let lives = 0;
  const pending = new Set<Pending>();

  const isPeace = (): boolean => drawn >= decisions.length;
  const draw = (limit: number): number => {
    const number = decisions[drawn] ?? 0;
    drawn += 1;
    return number % limit;
  };

  const pick = (): Pending | undefined => {
    const all = [...pending];
    if (!isPeace()) return all[draw(all.length)];
    return all.find(({ due }) => due === null) ?? all.sort((a, b) => (a.due ?? 0) - (b.due ?? 0))[0];
  };

  const live = (): Life => {
    let isDead = false;
    lives += 1;
    /** No two clocks agree. */
    const offset = lives * 1000;

    return {
      clock: {
        monotonic: () => time + offset,
        now: () => time - offset,
        rest: (milliseconds, signal) =>
          new Promise((resolve) => {
            const one: Pending = {
              due: time + Math.max(0, milliseconds),
              go() {
                pending.delete(one);
                time = Math.max(time, one.due ?? 0);
                if (!isDead) resolve();
              },
            };
            const wake = (): void => {
              pending.delete(one);
              if (!isDead) resolve();
            };
            pending.add(one);
            if (signal.aborted) wake();
            else signal.addEventListener('abort', wake, { once: true });
          }),
      },
      call: (effect, partly) =>
        new Promise((resolve, reject) => {
          // What a process asked for before its end may still be done after it.
          if (isDead) return;
          const fate: Fate = isPeace() || draw(rarity) > 0 ? 'done' : (fates[draw(fates.length)] ?? 'done');
          const one: Pending = {
            due: null,
            go() {
              pending.delete(one);
              const result = fate === 'failed' || fate === 'crash' ? null : effect();
              if (result === null) partly?.();
              // Who is not told of it may not hear of its failure either.
              result?.catch(() => undefined);
              if (fate === 'crash' || fate === 'crash-after') isDead = true;
              if (isDead) return;
              if (result === null || fate === 'done-but-failed') reject(failure(fate));
              else resolve(result);
            },
          };
          pending.add(one);
        }),
      isDead: () => isDead,
    };
  };

  return {
    live,
    draw,
    isPeace,
    time: () => time,
    async step() {
      pick()?.go();
      await new Promise<void>((resolve) => void setImmediate(resolve));
    },
  };
};
