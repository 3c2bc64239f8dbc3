import { setImmediate as settled } from 'node:timers/promises';

import type { SeededRandom } from '../support/seeded-random.ts';
import { createLife } from './life.ts';
import type { Life } from './life.ts';
import { createTrace } from './trace.ts';

/**
 * `effect`: a request reaches who it was sent to, whatever has become of who sent it. `answer`: a process hears something.
 * `timer`: the end of a rest, not before its time.
 */
export interface Pending {
  readonly kind: 'effect' | 'answer' | 'timer';
  readonly what: string;
  /** Whose it is; `null` where nobody waits for it. */
  readonly of: Life | null;
  /** When, in milliseconds of the simulation; 0 for as soon as it is picked. */
  readonly due: number;
  go(): void | Promise<void>;
}

/** Something that may be done next, besides what is pending. */
export interface Choice {
  readonly what: string;
  go(): void | Promise<void>;
}

/** Something that happens from outside; `go` is `null` where it cannot at the moment. */
export interface Happening {
  readonly weight: number;
  ready(): Choice | null;
}

/** How rough it is; all `1 in so many`, never where 0. */
export interface Weather {
  /** A call does not simply go well. */
  readonly faults: number;
  /** A call takes long to get there. */
  readonly delays: number;
  /** A step is something from outside. */
  readonly happenings: number;
}

/**
 * The one who decides what goes on next, by a seed: which call takes effect and how it ends, who hears of what, when time
 * passes, what happens from outside. In calm nothing fails and nothing happens, and all goes on in the order it was asked for.
 */
export interface Scheduler {
  readonly random: SeededRandom;
  /** A process, or whatever else has a life of its own. */
  live(name: string): Life;
  add(pending: Pending): void;
  remove(pending: Pending): void;
  of(life: Life): readonly Pending[];
  /** What a process has asked for, and has not got there yet, takes so many milliseconds more. */
  holdUp(life: Life, milliseconds: number): void;
  /** What may be picked besides: asked at each step. */
  offer(choices: () => readonly Choice[]): void;
  happen(happenings: readonly Happening[]): void;
  time(): number;
  /** Lets time pass at once. */
  jump(milliseconds: number): void;
  isCalm(): boolean;
  calmDown(): void;
  /** One of so many, in rough weather; never where `odds` is 0. */
  strikes(odds: number): boolean;
  weather(): Weather;
  /** Does one thing, and lets everybody go on as far as they can. False where there is nothing to do. */
  step(): Promise<boolean>;
  /** The last things done, for who looks for the reason; and a number that stands for all of them. */
  trace(): readonly string[];
  fingerprint(): number;
}

/** While there is anything else to do, time passes at one of so many steps. */
const patience = 12;

export const createScheduler = (random: SeededRandom, weather: Weather): Scheduler => {
  const pending = new Set<Pending>();
  const offers: (() => readonly Choice[])[] = [];
  const happenings: Happening[] = [];
  const trace = createTrace();
  let time = 0;
  let isCalm = false;

  const strikes = (odds: number): boolean => !isCalm && odds > 0 && random.integer(odds) === 0;

  const isRunnable = ({ kind, of, due }: Pending): boolean =>
    due <= time && (kind === 'effect' || of === null || of.isRunning());

  const nextTimer = (): number | null => {
    let first: number | null = null;
    for (const { due, of } of pending) {
      if (due > time && (of === null || of.isRunning()) && (first === null || due < first)) first = due;
    }
    return first;
  };

  const happening = (): Choice | null => {
    const ready = happenings.flatMap(({ weight, ready }) => {
      const choice = ready();
      return choice === null ? [] : [{ weight, choice }];
    });
    let at = random.integer(ready.reduce((sum, { weight }) => sum + weight, 0));
    for (const { weight, choice } of ready) {
      if (at < weight) return choice;
      at -= weight;
    }
    return null;
  };

  const passTime = (): boolean => {
    const next = nextTimer();
    if (next !== null) time = next;
    return next !== null;
  };

  const asked = (one: Pending): Choice => ({
    what: `${one.of?.name ?? 'elsewhere'}: ${one.what}`,
    go: () => {
      pending.delete(one);
      return one.go();
    },
  });

  const choose = (): Choice | null => {
    if (strikes(weather.happenings)) {
      const choice = happening();
      if (choice !== null) return choice;
    }
    if (strikes(patience)) passTime();
    for (;;) {
      const offered = offers.flatMap((offer) => offer());
      const runnable = [...pending].filter(isRunnable);
      const count = offered.length + runnable.length;
      if (count > 0) {
        const at = isCalm ? 0 : random.integer(count);
        const one = runnable[at - offered.length];
        return offered[at] ?? (one === undefined ? null : asked(one));
      }
      if (!passTime()) return null;
    }
  };

  const scheduler: Scheduler = {
    random,
    live: (name) => createLife(name, scheduler),
    add: (one) => void pending.add(one),
    remove: (one) => void pending.delete(one),
    of: (life) => [...pending].filter((one) => one.of === life),
    holdUp(life, milliseconds) {
      for (const one of scheduler.of(life)) {
        if (one.kind !== 'effect') continue;
        pending.delete(one);
        pending.add({ ...one, due: Math.max(time, one.due) + milliseconds });
      }
    },
    offer: (choices) => void offers.push(choices),
    happen: (more) => void happenings.push(...more),
    time: () => time,
    jump(milliseconds) {
      time += milliseconds;
    },
    isCalm: () => isCalm,
    calmDown() {
      isCalm = true;
    },
    strikes,
    weather: () => weather,
    async step() {
      const choice = choose();
      if (choice === null) return false;
      // Nothing takes no time at all.
      time += isCalm ? 1 : random.integer(4);
      trace.add(time, choice.what);
      await choice.go();
      await settled();
      return true;
    },
    trace: trace.last,
    fingerprint: trace.fingerprint,
  };
  return scheduler;
};
