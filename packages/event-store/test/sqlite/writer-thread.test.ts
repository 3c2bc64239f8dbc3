import { join } from 'node:path';

import type { AppendResult } from '@stance/event-store';
import { openSqliteEventLogReader, openSqliteEventStore } from '@stance/event-store/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';

import { createAppendQueue } from '../../src/sqlite/append-queue.ts';
import { startWriter, type WriterThread } from '../../src/sqlite/start-writer.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { newEvent } from './fixtures/new-event.ts';

const cycles = process.env['CI'] === 'true' ? 600 : 100;

const request = (stream: string) => ({ stream, expectedRevision: -1, events: [newEvent()] });

describe('a writer thread that ends by itself', () => {
  it('fails what is under way as unknown, and another one takes what comes after', async () => {
    const path = join(temporaryFolder(), 'events.db');
    const threads: WriterThread[] = [];
    const start = async () => {
      const thread = await startWriter(path);
      threads.push(thread);
      return thread;
    };
    const heads: number[] = [];
    const queue = createAppendQueue({
      first: await start(),
      restart: start,
      clock: Date.now,
      onHead: (head) => heads.push(head),
    });
    onTestFinished(() => queue.close(async () => undefined));

    let acknowledged = 0;
    let unknown = 0;
    for (let round = 0; round < 10; round += 1) {
      const requests = Array.from({ length: 200 }, (_, index) => request(`${round}-${index}`));
      const answers = Promise.allSettled(requests.map((each) => queue.append([each])));
      if (round > 0) await threads.at(-1)?.terminate();
      for (const [index, answer] of (await answers).entries()) {
        if (answer.status === 'fulfilled') {
          acknowledged += 1;
          continue;
        }
        expect(answer.reason).toMatchObject({ code: 'event-store-unavailable', retryable: true });
        unknown += 1;
        // The same request with the same event ids makes it certain.
        const again: AppendResult[] = await queue.append(requests.slice(index, index + 1));
        expect(again).toMatchObject([{ outcome: 'appended', revision: 0 }]);
      }
    }
    expect(acknowledged + unknown).toBe(2000);
    expect(threads.length).toBeGreaterThan(1);
    const log = await openSqliteEventLogReader({ path });
    expect(await log.head()).toBe(2000);
    expect(heads.at(-1)).toBe(2000);
    await log.close();
  });
});

describe('opening and closing', () => {
  it(
    'can go on for ever, with appends under way',
    async () => {
      const path = join(temporaryFolder(), 'events.db');
      for (let cycle = 0; cycle < cycles; cycle += 1) {
        const store = await openSqliteEventStore({ path });
        const appends = [store.append([request(`a-${cycle}`)]), store.append([request(`b-${cycle}`)])];
        if (cycle % 2 === 0) await appends[0];
        await store.close();
        expect((await Promise.all(appends)).flat().map(({ outcome }) => outcome)).toEqual(['appended', 'appended']);
      }
      const log = await openSqliteEventLogReader({ path });
      expect(await log.head()).toBe(cycles * 2);
      await log.close();
    },
    cycles * 1000,
  );
});
