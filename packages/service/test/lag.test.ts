import { describe, expect, it } from 'vitest';

import { createLag } from '../src/lag.ts';

/** The lag of a read model that is set by hand, at a time that is. */
const lagging = (position: number, head: number) => {
  const state = { position, recordedAt: 1_000_000, time: 0 };
  const clock = { monotonic: () => state.time, now: () => 1_000_000 + state.time };
  const lag = createLag(head, () => state, clock);
  return { state, lag, seconds: () => lag.at(state).seconds };
};

describe('the lag of a read model', () => {
  it('begins when something comes in, however long nothing had and nobody has asked', () => {
    const { state, lag, seconds } = lagging(10, 10);
    state.time = 3_600_000;
    expect(seconds()).toBe(0);
    lag.headAt(20);
    expect(seconds()).toBe(0);
    state.time += 2000;
    lag.headAt(30);
    expect(lag.at(state)).toEqual({ head: 30, seconds: 2 });
    state.position = 30;
    expect(seconds()).toBe(0);
  });

  it('stays small where events never cease to come in', () => {
    const { state, lag, seconds } = lagging(10, 10);
    for (let step = 1; step <= 1000; step += 1) {
      state.time += 1000;
      lag.headAt(10 + 10 * step);
      // It is a second behind, always.
      state.position = 10 * step;
      state.recordedAt = 1_000_000 + state.time - 1000;
      expect(seconds()).toBeLessThanOrEqual(1);
    }
  });

  it('is told by the stamps where it was behind at the start, and since the start where it is empty', () => {
    const behind = lagging(10, 20);
    behind.state.time = 5000;
    behind.state.recordedAt = 1_000_000 - 55_000;
    expect(behind.seconds()).toBe(60);
    const empty = lagging(0, 20);
    empty.state.recordedAt = 0;
    empty.state.time = 5000;
    expect(empty.seconds()).toBe(5);
  });
});
