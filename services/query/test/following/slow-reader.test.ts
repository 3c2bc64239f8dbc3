import type { StanceChange } from '@stance/domain';
import type { NewFeedEntry } from '@stance/feed';
import { expect, test } from 'vitest';

import { eventually, openNewsroom, read, received } from './newsroom.ts';
import type { Newsroom } from './newsroom.ts';
import { createTestClock } from './test-clock.ts';

const heartbeatMs = 15_000;

/** A change with some 200 kB of words behind it. */
const largeChange = (index: number): NewFeedEntry => {
  const evidence = Array.from({ length: 20 }, () => ({ statementId: 's1', weight: 1, role: 'opened' as const }));
  const change: StanceChange = {
    track: 'direction',
    kind: 'first',
    status: 'confirmed',
    from: null,
    to: { direction: 'support', strength: null },
    at: 100,
    confirmedAt: 100,
    withdrawnAt: null,
    openedBy: 's1',
    evidence,
  };
  return {
    type: 'StanceChangeDetected',
    changeId: `c-${String(index).padStart(32, '0')}`,
    holder: 'ann',
    proposition: 'tax',
    method: { name: 'default', version: 1 },
    body: JSON.stringify(change),
    revision: 0,
    detectedAt: 1,
    previous: null,
    replacedBy: null,
  };
};

const large = 150;

const openLarge = async (options: Parameters<typeof openNewsroom>[0]): Promise<Newsroom> => {
  const newsroom = await openNewsroom(options);
  await newsroom.actor('ann');
  await newsroom.proposition('tax');
  const quote = { exact: 'words '.repeat(1600), directness: 'direct' as const };
  await newsroom.state('s1', { holder: 'ann', proposition: 'tax', quote });
  await newsroom.project();
  return newsroom;
};

const publishLarge = async (newsroom: Newsroom): Promise<void> => {
  for (let done = 0; done < large; done += 10) {
    await newsroom.feed().publish({
      generation: 'by-hand',
      after: { position: done, swept: false },
      cursor: { position: done + 10, swept: false },
      recordedAt: 1,
      entries: Array.from({ length: 10 }, (_, index) => largeChange(done + index)),
    });
  }
  newsroom.tell();
};

test('a reader that takes nothing is closed, holds up nobody, and goes on where it was', async () => {
  const clock = createTestClock();
  const newsroom = await openLarge({ streamClock: clock, heartbeatMs });
  const path = '/v1/changes/stream?after=0';
  const slow = await read(newsroom, path);
  const fast = await read(newsroom, path);
  await Promise.all([received(slow, 1), received(fast, 1)]);
  slow.pause();
  await publishLarge(newsroom);

  await received(fast, 1 + large);
  // Its socket is full: what it does not take is not kept for it.
  expect(await newsroom.metric('stance_changes_stream_events')).toBeLessThan(2 * large);
  expect(await newsroom.metric('stance_changes_stream_dropped')).toBe(0);
  clock.pass(heartbeatMs);
  expect(await newsroom.metric('stance_changes_stream_dropped')).toBe(1);
  clock.pass(heartbeatMs);
  await eventually(async () => expect(await newsroom.metric('stance_changes_stream_readers')).toBe(1));

  slow.resume();
  await slow.ended;
  const last = slow.events.at(-1)?.id ?? '';
  expect(slow.events.length).toBeLessThan(1 + large);
  const again = await read(newsroom, `/v1/changes/stream?after=${last}`);
  await received(again, 1 + large - slow.events.length);
  const got = [...slow.events, ...again.events].filter(({ event }) => event !== 'position').map(({ id }) => id);
  expect(got).toEqual(fast.events.slice(1).map(({ id }) => id));
}, 60_000);

test('a reader that is slow, but takes what it is sent, gets all of it', async () => {
  const newsroom = await openLarge({});
  await publishLarge(newsroom);
  const reader = await read(newsroom, '/v1/changes/stream?after=0');
  reader.pause();
  await eventually(async () => expect(await newsroom.metric('stance_changes_stream_events')).toBeGreaterThan(0));
  expect(await newsroom.metric('stance_changes_stream_events')).toBeLessThan(large);
  reader.resume();
  await received(reader, large + 1);
  expect(reader.events.at(-1)?.event).toBe('position');
}, 60_000);
