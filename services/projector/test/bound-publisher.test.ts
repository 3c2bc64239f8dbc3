import { createMemoryEventStore } from '@stance/event-store/memory';
import { FeedError } from '@stance/feed';
import { expect, it } from 'vitest';

import { createBoundPublisher } from '../src/bound-publisher.ts';

it('binds the feed to the first event, although a page before it holds none', async () => {
  const log = createMemoryEventStore();
  const event = { type: 'T', schemaVersion: 1, data: '{}', metadata: { correlationId: 'c' } };
  for (const [index, stream] of ['others', 'own'].entries()) {
    const id = `00000000-0000-4000-8000-00000000000${String(index)}`;
    await log.append([{ stream, expectedRevision: -1, events: [{ id, ...event }] }]);
  }
  const bound: (string | null)[] = [];
  await createBoundPublisher({
    source: {
      // As a store that looks at one event a page, and leaves out what is not of it.
      readAll: async (options) => {
        const { events, position } = await log.readAll(options);
        return { events: events.filter(({ stream }) => stream === 'own'), position };
      },
    },
    feed: {
      bind: (id) => {
        bound.push(id);
        return Promise.resolve(true);
      },
    },
    publisher: { publishNext: () => Promise.reject(new Error('nothing is published here')) },
  });
  expect(bound).toEqual(['00000000-0000-4000-8000-000000000001']);
});

it('binds the feed where somebody else wrote the first event, and published, since it looked', async () => {
  const log = createMemoryEventStore();
  const first = '00000000-0000-4000-8000-000000000001';
  const event = { id: first, type: 'T', schemaVersion: 1, data: '{}', metadata: { correlationId: 'c' } };
  const bound: (string | null)[] = [];
  const bind = async (id: string | null): Promise<boolean> => {
    bound.push(id);
    if (id === first) return true;
    await log.append([{ stream: 's', expectedRevision: -1, events: [event] }]);
    throw new FeedError('feed-of-another-log', 'the event store is empty');
  };
  const publisher = { publishNext: () => Promise.reject(new Error('nothing is published here')) };
  await createBoundPublisher({ source: log, feed: { bind }, publisher });
  expect(bound).toEqual([null, first]);
});

it('refuses a feed of another log where its own stays empty', async () => {
  const refusal = new FeedError('feed-of-another-log', 'the event store is empty');
  const publisher = { publishNext: () => Promise.reject(new Error('nothing is published here')) };
  const feed = { bind: () => Promise.reject(refusal) };
  await expect(createBoundPublisher({ source: createMemoryEventStore(), feed, publisher })).rejects.toBe(refusal);
});
