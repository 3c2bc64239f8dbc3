import { setImmediate as nextTurn } from 'node:timers/promises';

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { startReceiver } from './support/receiver.ts';
import { createTelling } from './support/telling.ts';

type Happening =
  | { readonly kind: 'publish'; readonly change: number; readonly isRemoval: boolean }
  | { readonly kind: 'replace' | 'restart' }
  /** Others go on for so many turns of the event loop. */
  | { readonly kind: 'yield'; readonly turns: number }
  | { readonly kind: 'putBack' | 'replay'; readonly share: number }
  | { readonly kind: 'answer'; readonly statuses: readonly number[] };

const runs = process.env['CI'] === 'true' ? 150 : 30;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('publish' as const), change: fc.nat(7), isRemoval: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('yield' as const), turns: fc.nat(100) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('putBack' as const, 'replay' as const), share }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      statuses: fc.array(fc.constantFrom(200, 204, 500, 503, 302), { minLength: 1, maxLength: 5 }),
    }),
  },
);

const attempt = async (happenings: readonly Happening[]): Promise<void> => {
  const { feed, store, openStore, put, start } = createTelling([2, 2, 2]);
  const receiver = await startReceiver();
  await put('a', receiver.url);
  let deliveries = [start({ ttl: 50 }), start({ store: openStore(), ttl: 50 })];
  const notify = (): void => {
    for (const each of deliveries) each.notify();
  };

  /** Lets everything be told that there is, whatever was wrong before, and sees that it is the current set. */
  const settle = async (): Promise<void> => {
    receiver.answer = () => 200;
    await expect
      .poll(
        async () => {
          // A try from before may still have it disabled, or a message given up.
          if ((await store.get('a'))?.disabled !== null) await put('a', receiver.url);
          for (const { message } of await store.deadLetters('a', 1000)) await store.retry('a', message, Date.now());
          notify();
          return { pending: (await store.get('a'))?.pending, held: receiver.held };
        },
        { timeout: 8000, interval: 5 },
      )
      .toEqual({ pending: 0, held: feed.setAt(feed.head()) });
    for (const each of deliveries) await each.whenCaughtUp();
  };

  for (const each of happenings) {
    if (each.kind === 'publish') feed.publish(each.change, each.isRemoval);
    else if (each.kind === 'replace') feed.replace();
    else if (each.kind === 'putBack') {
      // While it is told something, nobody knows how far that has come.
      await settle();
      feed.putBack(Math.floor(each.share * feed.head()));
    } else if (each.kind === 'answer')
      receiver.answer = (_message, count) => each.statuses[count % each.statuses.length] ?? 200;
    else if (each.kind === 'restart') {
      const [stopped, ...others] = deliveries;
      await stopped?.stop({ deadline: 0 });
      deliveries = [...others, start({ store: openStore(), ttl: 50 })];
    } else if (each.kind === 'replay') {
      const webhook = await store.get('a');
      if (webhook !== null && webhook.place.feed === feed.epoch()) {
        const position = Math.floor(each.share * Math.min(webhook.place.position, feed.head()));
        const [entry] = position === 0 ? [] : await feed.reader.readFeed({ after: position - 1, limit: 1 });
        // As the call does: where the feed was put back, everything is told anew anyway.
        const [last] = await feed.reader.readFeed({ after: webhook.place.position - 1, limit: 1 });
        const isThere = webhook.place.position === 0 || last?.recordedAt === webhook.place.recordedAt;
        if (isThere) await store.replay('a', { ...webhook.place, position, recordedAt: entry?.recordedAt ?? 0 });
      }
    } else if (each.kind === 'yield') {
      for (let turn = 0; turn < each.turns; turn += 1) await nextTurn();
    }
    notify();
  }

  await settle();
  await Promise.all(deliveries.map((each) => each.stop()));
};

it('leave whoever is told with the current set, whatever happens meanwhile', async () => {
  await fc.assert(fc.asyncProperty(fc.array(happening, { maxLength: 40 }), attempt), {
    numRuns: runs,
    endOnFailure: true,
  });
}, 120_000);
