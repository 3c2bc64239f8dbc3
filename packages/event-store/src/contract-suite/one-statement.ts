import { describe, expect, it } from 'vitest';

import type { EventStore, NewEvent } from '../event-store.ts';
import { newEvent, request } from './events.ts';
import { openForTest, type OpenEventStore } from './opened-event-store.ts';

const stream = 'statement-1';
const made = (text: string): NewEvent => newEvent({ type: 'StatementMade', data: JSON.stringify({ text }) });

/** How a statement is kept from being there twice: its stream must not exist yet. */
export function describeOneStatement(open: OpenEventStore): void {
  async function first(store: EventStore): Promise<NewEvent> {
    const event = made('one');
    expect(await store.append([request(stream, -1, [event])])).toMatchObject([{ outcome: 'appended', revision: 0 }]);
    return event;
  }

  async function expectHeld(store: EventStore, event: NewEvent, revision: number): Promise<void> {
    // Both read the first event back, and compare with it what came now.
    for (const again of [made('one'), made('another')]) {
      expect(await store.append([request(stream, -1, [again])])).toEqual([
        { outcome: 'wrong-revision', actualRevision: revision },
      ]);
    }
    const [held] = await store.readStream(stream, { from: 0, limit: 1 });
    expect(held).toMatchObject({ id: event.id, data: event.data });
    expect(await store.readStream(stream)).toHaveLength(revision + 1);
  }

  describe('a statement', () => {
    it('is refused a second time, be it a duplicate or a conflict, and the first one can be read back', async () => {
      const { store } = await openForTest(open);
      await expectHeld(store, await first(store), 0);
    });

    it('is refused a second time after its correction and after its retraction', async () => {
      const { store } = await openForTest(open);
      const event = await first(store);
      await store.append([request(stream, 0, [newEvent({ type: 'StatementCorrected' })])]);
      await expectHeld(store, event, 1);
      await store.append([request(stream, 1, [newEvent({ type: 'StatementRetracted' })])]);
      await expectHeld(store, event, 2);
    });

    it('is there once where the answer to its request was lost and the request is sent again', async (context) => {
      const { store, reopen } = await openForTest(open);
      const again = request(stream, -1, [made('one')]);
      const answer = await store.append([again]);
      expect(await store.append([again])).toEqual(answer);
      if (reopen === undefined) return context.skip('nothing outlives the handle');
      const reopened = await reopen();
      expect(await reopened.append([again])).toEqual(answer);
      expect(await reopened.readStream(stream)).toHaveLength(1);
    });

    it('is there once where many send it first at the same time, and the others read the one that won', async () => {
      const { store } = await openForTest(open);
      const events = Array.from({ length: 20 }, (_, index) => made(String(index)));
      const results = await Promise.all(
        events.map(async (event) => {
          const [result] = await store.append([request(stream, -1, [event])]);
          return { event, outcome: result?.outcome, held: await store.readStream(stream) };
        }),
      );
      const winners = results.filter(({ outcome }) => outcome === 'appended');
      expect(winners).toHaveLength(1);
      for (const { held } of results) expect(held.map(({ id }) => id)).toEqual(winners.map(({ event }) => event.id));
    });
  });
}
