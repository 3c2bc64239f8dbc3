import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Delivery, WebhookDefinition, WebhookPlace } from '../webhook.ts';
import type { Claim, WebhookStore } from '../webhook-store.ts';

/** A store, empty at first. */
export interface OpenedWebhookStore {
  /** A handle for one more process. */
  open(): Promise<WebhookStore>;
  /** Closes what is open and removes it. */
  dispose(): Promise<void>;
}

const long = 60_000;
const start: WebhookPlace = { feed: 'feed-a', position: 4, recordedAt: 1_700_000_000_000, audience: '{}' };
const further: WebhookPlace = {
  feed: 'feed-a',
  position: 9,
  recordedAt: 1_700_000_000_009,
  audience: '{"survivor":"somebody"}',
};
const definition: WebhookDefinition = {
  url: 'https://example.org/hook?a=b',
  description: 'Wörter, "quoted"',
  filter: { holder: 'emmanuel-macron', kinds: ['reversal', 'softening'], from: '2022' },
  paused: false,
};
const plain: WebhookDefinition = { url: 'https://example.org/', description: null, filter: {}, paused: false };
const fresh = { at: 1000, secret: 'whsec_one', place: start };

const delivery = (position: number, given: Partial<Delivery> = {}): Delivery => ({
  message: `feed-a.${String(position)}.0`,
  position,
  type: 'StanceChangeDetected',
  changeId: `c-${String(position)}`,
  body: `{"position":${String(position)}}`,
  attempts: 1,
  firstAt: 2000,
  dueAt: 7000,
  failure: { at: 2000, status: 500, message: 'it answered 500' },
  ...given,
});

/** Runs the contract of the port against an adapter. */
export const describeWebhookStoreContract = (name: string, open: () => Promise<OpenedWebhookStore>): void => {
  describe(`the store of webhooks: ${name}`, () => {
    let opened: OpenedWebhookStore;
    let store: WebhookStore;

    const claimed = async (id: string, owner = 'me'): Promise<Claim> => {
      if (!(await store.claim(id, owner, long))) throw new Error(`${owner} got no claim of ${id}`);
      const { round = -1, revision = -1 } = (await store.get(id)) ?? {};
      return { webhook: id, owner, round, revision };
    };

    beforeEach(async () => {
      opened = await open();
      store = await opened.open();
    });
    afterEach(() => opened.dispose());

    it('has nothing at first', async () => {
      expect(await store.list()).toEqual([]);
      expect(await store.get('a')).toBeNull();
      expect(await store.remove('a')).toBe(false);
      expect(await store.rotate('a', 'whsec_two', 1)).toBeNull();
      expect(await store.replay('a', start)).toBeNull();
      expect(await store.claim('a', 'me', long)).toBe(false);
      expect(await store.pending('a')).toEqual([]);
    });

    it('keeps an endpoint as it was put, for every process', async () => {
      const { webhook, isNew } = await store.put('a', definition, fresh);
      expect(isNew).toBe(true);
      expect(webhook).toEqual({
        id: 'a',
        ...definition,
        secret: 'whsec_one',
        formerSecret: null,
        createdAt: 1000,
        changedAt: 1000,
        disabled: null,
        place: start,
        round: 0,
        revision: 1,
        streak: 0,
        deliveredAt: null,
        lastFailure: null,
        pending: 0,
        dead: 0,
      });
      const other = await opened.open();
      expect(await other.get('a')).toEqual(webhook);
      await store.put('B', plain, fresh);
      expect((await other.list()).map(({ id }) => id)).toEqual(['B', 'a']);
    });

    it('replaces what is said of one, and leaves its secret, its place and what waits', async () => {
      await store.put('a', definition, fresh);
      const claim = await claimed('a');
      await store.record(claim, { place: further, put: [delivery(9)], disabled: 'gone', streak: 3 });
      const { webhook, isNew } = await store.put(
        'a',
        { ...plain, paused: true },
        { ...fresh, at: 5000, secret: 'whsec_no' },
      );
      expect(isNew).toBe(false);
      expect(webhook).toMatchObject({
        ...plain,
        paused: true,
        secret: 'whsec_one',
        createdAt: 1000,
        changedAt: 5000,
        disabled: null,
        streak: 0,
        place: further,
        pending: 1,
      });
      // It was mended, as it seems: nobody has to wait for the schedule.
      expect(await store.pending('a')).toEqual([delivery(9, { attempts: 0, firstAt: null, dueAt: 5000 })]);
    });

    it('removes an endpoint with all that waits', async () => {
      await store.put('a', plain, fresh);
      await store.record(await claimed('a'), { place: further, put: [delivery(9), delivery(8, { dueAt: null })] });
      expect(await store.remove('a')).toBe(true);
      await store.put('a', plain, fresh);
      expect(await store.get('a')).toMatchObject({ place: start, pending: 0, dead: 0 });
    });

    it('remembers the former secret', async () => {
      await store.put('a', plain, fresh);
      expect(await store.rotate('a', 'whsec_two', 9000)).toMatchObject({
        secret: 'whsec_two',
        formerSecret: { secret: 'whsec_one', until: 9000 },
      });
    });

    it('gives the right to deliver to one at a time, until it gives it back or its time is over', async () => {
      await store.put('a', plain, fresh);
      expect(await store.claim('a', 'me', long)).toBe(true);
      expect(await store.claim('a', 'me', long)).toBe(true);
      const other = await opened.open();
      expect(await other.claim('a', 'you', long)).toBe(false);
      await other.release('a', 'you');
      expect(await other.claim('a', 'you', long)).toBe(false);
      await store.release('a', 'me');
      expect(await other.claim('a', 'you', 1)).toBe(true);
      await expect.poll(() => store.claim('a', 'me', long)).toBe(true);
      expect(await other.claim('a', 'you', long)).toBe(false);
    });

    it('gives it to one of many who ask at once', async () => {
      await store.put('a', plain, fresh);
      const stores = await Promise.all(Array.from({ length: 5 }, () => opened.open()));
      const answers = await Promise.all(stores.map((each, index) => each.claim('a', `owner-${String(index)}`, long)));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('records what came of a delivery', async () => {
      await store.put('a', plain, fresh);
      const claim = await claimed('a');
      const failure = { at: 2000, status: null, message: 'it cannot be reached' };
      const put = [delivery(9), delivery(6, { changeId: null }), delivery(7, { dueAt: null, attempts: 10 })];
      expect(await store.record(claim, { place: further, put, streak: 2, failure })).toBe(true);
      expect(await store.get('a')).toMatchObject({
        place: further,
        streak: 2,
        lastFailure: failure,
        deliveredAt: null,
        pending: 2,
        dead: 1,
      });
      expect(await store.pending('a')).toEqual([delivery(6, { changeId: null }), delivery(9)]);
      expect(await store.deadLetters('a', 10)).toEqual([delivery(7, { dueAt: null, attempts: 10 })]);
      expect(await store.deadLetters('a', 0)).toEqual([]);
      expect(await store.record(claim, { done: [delivery(6).message], deliveredAt: 3000 })).toBe(true);
      expect(await store.get('a')).toMatchObject({
        place: further,
        streak: 2,
        lastFailure: failure,
        deliveredAt: 3000,
      });
      expect(await store.pending('a')).toEqual([delivery(9)]);
    });

    it('has all that waits tried at once when an outage ends', async () => {
      await store.put('a', plain, fresh);
      const claim = await claimed('a');
      await store.record(claim, { put: [delivery(5, { dueAt: 900 }), delivery(6), delivery(7, { dueAt: null })] });
      await store.record(claim, { deliveredAt: 3000, endsOutage: true, streak: 0 });
      expect((await store.pending('a')).map(({ dueAt }) => dueAt)).toEqual([900, 3000]);
      expect(await store.deadLetters('a', 1)).toEqual([delivery(7, { dueAt: null })]);
    });

    it('records nothing for who has no claim, or one of another round', async () => {
      await store.put('a', plain, fresh);
      const outcome = { place: further, put: [delivery(9)], streak: 1 };
      expect(await store.record({ webhook: 'a', owner: 'me', round: 0, revision: 1 }, outcome)).toBe(false);
      const claim = await claimed('a');
      expect(await store.record({ ...claim, owner: 'you' }, outcome)).toBe(false);
      expect(await store.record({ ...claim, webhook: 'b' }, outcome)).toBe(false);
      expect(await store.holds(claim)).toBe(true);
      expect(await store.holds({ ...claim, owner: 'you' })).toBe(false);
      await store.put('a', plain, fresh);
      expect(await store.holds(claim)).toBe(false);
      expect(await store.record(claim, outcome)).toBe(false);
      await store.rotate('a', 'whsec_two', 1);
      expect(await store.record({ ...claim, revision: 2 }, outcome)).toBe(false);
      await store.replay('a', { ...start, position: 2 });
      expect(await store.record({ ...claim, revision: 3 }, outcome)).toBe(false);
      expect(await store.get('a')).toMatchObject({ place: { position: 2 }, streak: 0, pending: 0 });
      expect(await store.record({ ...claim, round: 1, revision: 3 }, outcome)).toBe(true);
    });

    it('tells again what follows a place, and forgets what waits of it', async () => {
      await store.put('a', plain, fresh);
      const put = [delivery(5), delivery(6), delivery(7, { dueAt: null })];
      await store.record(await claimed('a'), { place: further, put, streak: 4 });
      const back = { ...further, position: 5, recordedAt: 5 };
      expect(await store.replay('a', back)).toMatchObject({
        isMoved: true,
        webhook: { place: back, round: 1, streak: 0, pending: 1, dead: 0 },
      });
      expect(await store.pending('a')).toEqual([delivery(5)]);
      // What it has not been told yet it is told anyway.
      expect(await store.replay('a', { ...further, position: 6 })).toMatchObject({
        isMoved: false,
        webhook: { place: back, round: 1, pending: 1 },
      });
      expect(await store.replay('a', { ...back, feed: 'feed-b', position: 0 })).toMatchObject({ isMoved: false });
    });

    it('takes an endpoint that many put at once for one', async () => {
      const stores = await Promise.all(Array.from({ length: 5 }, () => opened.open()));
      const answers = await Promise.all(stores.map((each) => each.put('a', plain, fresh)));
      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(await store.list()).toHaveLength(1);
    });

    it('leaves nothing of an endpoint that is removed while it is delivered to', async () => {
      await store.put('a', plain, fresh);
      const claim = await claimed('a');
      const other = await opened.open();
      const positions = Array.from({ length: 20 }, (_, index) => index + 5);
      await Promise.all([
        ...positions.map((position) => store.record(claim, { put: [delivery(position)] })),
        other.remove('a'),
      ]);
      await store.put('a', plain, fresh);
      expect(await store.pending('a')).toEqual([]);
    });

    it('begins another round, in which nothing of the one before waits', async () => {
      await store.put('a', plain, fresh);
      const claim = await claimed('a');
      await store.record(claim, { place: further, put: [delivery(5), delivery(6, { dueAt: null })] });
      const reset = delivery(0, { message: 'feed-b.0.1', changeId: null, attempts: 0, firstAt: null, failure: null });
      const place = { feed: 'feed-b', position: 0, recordedAt: 0, audience: '' };
      expect(await store.record(claim, { place, isAnew: true, put: [reset] })).toBe(true);
      expect(await store.get('a')).toMatchObject({ place, round: 1, pending: 1, dead: 0 });
      expect(await store.pending('a')).toEqual([reset]);
      expect(await store.record(claim, { place: further })).toBe(false);
    });

    it('has a dead letter tried again, or discards it', async () => {
      await store.put('a', plain, fresh);
      const dead = [delivery(5, { dueAt: null }), delivery(6, { dueAt: null })];
      await store.record(await claimed('a'), { put: [...dead, delivery(7)] });
      expect(await store.retry('a', delivery(7).message, 1)).toBe(false);
      expect(await store.discard('a', delivery(7).message)).toBe(false);
      expect(await store.retry('b', delivery(5).message, 1)).toBe(false);
      expect(await store.retry('a', delivery(5).message, 4000)).toBe(true);
      expect(await store.discard('a', delivery(6).message)).toBe(true);
      expect(await store.discard('a', delivery(6).message)).toBe(false);
      expect(await store.pending('a')).toEqual([delivery(5, { attempts: 0, firstAt: null, dueAt: 4000 }), delivery(7)]);
      expect(await store.get('a')).toMatchObject({ pending: 2, dead: 0 });
    });

    it('refuses one endpoint more than a thousand, and still takes those that it has', async () => {
      for (let number = 0; number < 1000; number += 1) await store.put(`w-${String(number)}`, plain, fresh);
      await expect(store.put('one-more', plain, fresh)).rejects.toMatchObject({
        name: 'WebhookError',
        code: 'too-many-webhooks',
        retryable: false,
      });
      expect((await store.put('w-7', definition, fresh)).isNew).toBe(false);
      expect(await store.list()).toHaveLength(1000);
    });

    it('keeps all when many write at once', async () => {
      await store.put('a', plain, fresh);
      const claim = await claimed('a');
      const positions = Array.from({ length: 30 }, (_, index) => index + 5);
      await Promise.all(positions.map((position) => store.record(claim, { put: [delivery(position)] })));
      expect((await store.pending('a')).map(({ position }) => position)).toEqual(positions);
    });

    it('says that it is closed', async () => {
      await store.close();
      await expect(store.list()).rejects.toMatchObject({ name: 'WebhookError', code: 'webhooks-closed' });
    });
  });
};
