import { join } from 'node:path';

import type { AppendResult } from '@stance/event-store';
import { openSqliteEventLogReader, openSqliteEventStore } from '@stance/event-store/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';

import { createAppendQueue } from '../../src/sqlite/append-queue.ts';
import { startWriter, type WriterThread } from '../../src/sqlite/start-writer.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { newEvent } from './fixtures/new-event.ts';

const cycles = process.env['CI'] === 'true' ? 600 : 30;

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

    let unknown = 0;
    for (let round = 0; round < 10; round += 1) {
      // More than one batch, so that some are under way when the first is answered.
      const calls = Array.from({ length: 200 }, (_, call) =>
        Array.from({ length: 30 }, (_, index) => request(`${round}-${call}-${index}`)),
      );
      const pending = calls.map((requests) => queue.append(requests));
      const answers = Promise.allSettled(pending);
      await pending[0];
      await threads.at(-1)?.terminate();
      for (const [call, answer] of (await answers).entries()) {
        if (answer.status === 'fulfilled') continue;
        unknown += 1;
        expect(answer.reason).toMatchObject({ code: 'event-store-unavailable', retryable: true });
        // The same requests with the same event ids make it certain.
        const again: AppendResult[] = await queue.append(calls[call] ?? []);
        expect(again.every(({ outcome }) => outcome === 'appended')).toBe(true);
      }
    }
    expect(unknown).toBeGreaterThan(0);
    expect(threads.length).toBeGreaterThan(1);
    const log = await openSqliteEventLogReader({ path });
    expect(await log.head()).toBe(60_000);
    expect(heads.at(-1)).toBe(60_000);
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
