import type { Projection } from '@stance/projection';
import { expect, it, onTestFinished, vi } from 'vitest';

import { machineClock } from '../src/clock.ts';
import { follow } from '../src/follow.ts';
import { createWakeUp } from '../src/wake-up.ts';

/** A log of so many events, and a projection that has none of them yet and takes so long for each page. */
const projectionOf = (events: number, pageMs: () => number = () => 1000): Projection => {
  let position = 0;
  return {
    position: () => position,
    parkedStreams: () => 0,
    applyNext: (limit) => {
      const applied = Math.min(limit, events - position);
      position += applied;
      vi.advanceTimersByTime(pageMs());
      const isFull = applied === limit;
      return Promise.resolve({
        position,
        recordedAt: 1,
        applied,
        ignored: 0,
        parked: 0,
        isFull,
        more: position < events,
      });
    },
    retry: () => Promise.resolve(null),
    whenPassed: () => Promise.resolve(),
  };
};

it('publishes nothing before the read model has passed what was in the log at the start', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const events = 20_000;
  const projection = projectionOf(events);
  const stopping = new AbortController();
  const publishedAt: number[] = [];
  await follow({
    head: () => Promise.resolve(events),
    lag: () => null,
    projection,
    publisher: {
      publishNext: () => {
        publishedAt.push(projection.position());
        stopping.abort();
        return Promise.resolve({ entries: 0, head: 0, position: projection.position(), more: false });
      },
    },
    wakeUp: createWakeUp(),
    yieldsToWriters: true,
    stopping: stopping.signal,
    onProgress: () => undefined,
    onRetry: () => undefined,
  });
  expect(publishedAt).toEqual([events]);
});

it('rests after a page where more came in meanwhile, for a bounded time, and goes on at once where it catches up', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const stopping = new AbortController();
  let head = 10_000;
  let pages = 0;
  const projection = projectionOf(1_000_000, () => (pages === 1 ? 100 : 1000));
  const rests: number[] = [];
  await follow({
    head: () => Promise.resolve(head),
    lag: () => null,
    projection: {
      ...projection,
      applyNext: (limit) => {
        pages += 1;
        if (pages <= 2) head += 100_000;
        if (pages === 5) stopping.abort();
        return projection.applyNext(limit);
      },
    },
    publisher: { publishNext: () => Promise.resolve({ entries: 0, head: 0, position: 0, more: false }) },
    wakeUp: createWakeUp(),
    yieldsToWriters: true,
    stopping: stopping.signal,
    onProgress: () => undefined,
    onRetry: () => undefined,
    clock: {
      ...machineClock,
      rest: (milliseconds, signal) => {
        expect(signal).toBe(stopping.signal);
        rests.push(milliseconds);
        return Promise.resolve();
      },
    },
  });
  expect(rests).toEqual([500, 2000]);
});

it('tries again what failed only after a while, each time a longer one, whatever comes in meanwhile', async () => {
  const stopping = new AbortController();
  const wakeUp = createWakeUp();
  const rests: number[] = [];
  await follow({
    head: () => Promise.resolve(1),
    lag: () => null,
    projection: {
      ...projectionOf(1),
      applyNext: () =>
        Promise.reject(Object.assign(new Error('gone'), { code: 'read-model-unavailable', retryable: true })),
    },
    publisher: { publishNext: () => Promise.reject(new Error('nothing is published here')) },
    wakeUp,
    yieldsToWriters: true,
    stopping: stopping.signal,
    onProgress: () => undefined,
    onRetry: () => wakeUp.ring(),
    clock: {
      ...machineClock,
      rest: (milliseconds) => {
        rests.push(milliseconds);
        if (rests.length === 4) stopping.abort();
        return Promise.resolve();
      },
    },
  });
  expect(rests).toEqual([100, 200, 400, 800]);
});

it('never rests for writers that are on machines of their own, and takes in larger pages while it is behind', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const stopping = new AbortController();
  let head = 10_000;
  const limits: number[] = [];
  const projection = projectionOf(1_000_000);
  await follow({
    head: () => Promise.resolve(head),
    lag: () => null,
    projection: {
      ...projection,
      applyNext: (limit) => {
        limits.push(limit);
        head += 100_000;
        if (limits.length === 6) stopping.abort();
        return projection.applyNext(limit);
      },
    },
    publisher: { publishNext: () => Promise.resolve({ entries: 0, head: 0, position: 0, more: false }) },
    wakeUp: createWakeUp(),
    yieldsToWriters: false,
    stopping: stopping.signal,
    onProgress: () => undefined,
    onRetry: () => undefined,
    clock: { ...machineClock, rest: () => Promise.reject(new Error('it rested')) },
  });
  expect(limits).toEqual([512, 1024, 2048, 4096, 8192, 8192]);
});
