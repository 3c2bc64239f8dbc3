import { setImmediate as nextRound } from 'node:timers/promises';

import type { Pieces } from '@stance/domain';
import { describe, expect, it } from 'vitest';

import { createTurns } from '../src/turns.ts';

/** Turns on a clock that is set by hand, and how many rounds of the event loop they waited for. */
const handSet = () => {
  const time = { now: 0, rounds: 0 };
  const turns = createTurns({
    clock: () => time.now,
    round: async () => {
      await nextRound();
      time.rounds += 1;
    },
  });
  return { time, turns };
};

/** Work of so many pieces. */
function* pieces(count: number, each: () => void): Pieces<string> {
  for (let piece = 1; piece < count; piece += 1) {
    each();
    yield;
  }
  each();
  return 'done';
}

describe('turns', () => {
  it('are given up once they are over, and not before', async () => {
    const { time, turns } = handSet();
    const at: number[] = [];
    const work = pieces(7, () => {
      at.push(time.rounds);
      time.now += 2;
    });
    expect(await turns.drive(work)).toBe('done');
    expect(at).toEqual([0, 0, 0, 1, 1, 1, 2]);
  });

  it('are one a round, however many works there are', async () => {
    const { time, turns } = handSet();
    const at: (readonly [string, number])[] = [];
    const work = (name: string) =>
      turns.drive(
        pieces(4, () => {
          at.push([name, time.rounds]);
          time.now += 10;
        }),
      );
    await Promise.all(['a', 'b', 'c'].map(work));
    // What each begins with belongs to the request that it is begun in.
    const later = at.slice(3);
    expect(later.map(([name]) => name).join('')).toBe('abcabcabc');
    expect(new Set(later.map(([, round]) => round)).size).toBe(later.length);
  });

  it('end where the check throws', async () => {
    const { time, turns } = handSet();
    let done = 0;
    const work = pieces(100, () => {
      done += 1;
      time.now += 10;
    });
    const check = (): void => {
      if (done === 3) throw new Error('nobody waits');
    };
    await expect(turns.drive(work, check)).rejects.toThrow('nobody waits');
    expect(done).toBe(3);
  });
});
