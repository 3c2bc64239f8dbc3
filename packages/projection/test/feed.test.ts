import { changeId } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import type { StanceChange } from '@stance/domain';
import { createPublisher } from '@stance/feed';
import type { FeedEntry } from '@stance/feed';
import { openSqliteFeedStore } from '@stance/feed/sqlite';
import { createProjection } from '@stance/projection';
import { openSqliteChangeSetReader, openSqliteReadModelWriter, openSqliteTableRows } from '@stance/read-model/sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRecordedLog } from './support/recorded-log.ts';
import { record, stepsArbitrary } from './support/steps.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const method = defaultMethod;

/** What a consumer holds who applies entries in order, and minds that each fits what he holds. */
const createConsumer = () => {
  const held = new Map<string, string>();
  let position = 0;
  return {
    held,
    position: () => position,
    apply({ type, changeId: id, body, position: at }: FeedEntry): void {
      expect(at).toBe(position + 1);
      position = at;
      expect(held.has(id), `${type} ${String(at)}`).toBe(type !== 'StanceChangeDetected');
      if (type === 'StanceChangeRevised') expect(held.get(id)).not.toBe(body);
      if (type === 'StanceChangeRemoved') held.delete(id);
      else held.set(id, body);
    },
  };
};

const currentSet = async (path: string): Promise<Map<string, string>> => {
  const reader = openSqliteTableRows({ path });
  const current = new Map<string, string>();
  for await (const { holder, proposition, body } of reader.changes()) {
    const { track, openedBy } = JSON.parse(body) as StanceChange;
    current.set(changeId({ method: method.name, holder, proposition, track, openedBy }), body);
  }
  await reader.close();
  return current;
};

/** So many events are projected, and so many histories then compared; 0: nothing is published at that moment. */
const momentsArbitrary = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 3 })), {
  minLength: 1,
});

describe('the changelog', () => {
  it(
    'applied in order is the current set, through merges, unmerges and endorsements, whenever it is published',
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(stepsArbitrary, momentsArbitrary, async (steps, moments) => {
          using folder = temporaryFolder();
          const log = createRecordedLog();
          const head = await record(log, steps);
          const path = folder.path('read-model.db');
          const writer = openSqliteReadModelWriter({ path, method });
          const projection = await createProjection({ source: log.store, writer, method });
          const changes = openSqliteChangeSetReader({ path });
          const feed = openSqliteFeedStore({ path: folder.path('feed.db') });
          const publisher = createPublisher({ changes, feed });
          const consumer = createConsumer();
          for (let turn = 0; projection.position() < head; turn += 1) {
            const [events, histories] = moments[turn % moments.length] ?? [1, 1];
            await projection.applyNext(events);
            const atEnd = projection.position() === head;
            let more = histories > 0 || atEnd;
            // Now and then a publisher is overtaken by the projection before it has compared everything.
            for (let call = 0; more && (atEnd || call < histories * 2); call += 1)
              ({ more } = await publisher.publishNext(Math.max(histories, 1)));
            for (const entry of await feed.readFeed({ after: consumer.position(), limit: 1000 })) consumer.apply(entry);
            if (!more && (histories > 0 || atEnd)) expect(consumer.held).toEqual(await currentSet(path));
          }
          await Promise.all([feed.close(), changes.close(), writer.close()]);
        }),
      );
    },
  );
});
