import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { NewFeedEntry } from '../feed-entry.ts';
import type { FeedStore, Publication } from '../feed-store.ts';

export interface OpenedFeedStore {
  readonly store: FeedStore;
  /** Closes what is open, and opens the same feed once more. */
  reopen(): Promise<FeedStore>;
  /** Closes what is open and removes it. */
  dispose(): Promise<void>;
}

const ann = { holder: 'ann', proposition: 'p1' };
const bob = { holder: 'bob', proposition: 'p1' };
const start = { position: 0, swept: false };

const detected = (changeId: string, history = ann): NewFeedEntry => ({
  type: 'StanceChangeDetected',
  changeId,
  ...history,
  method: { name: 'default', version: 1 },
  body: `{"of":"${changeId}"}`,
  revision: 0,
  detectedAt: 100,
  previous: null,
  replacedBy: null,
});

const publication = (entries: readonly NewFeedEntry[], given: Partial<Publication> = {}): Publication => ({
  generation: 'g1',
  after: start,
  cursor: { position: 10, swept: false },
  recordedAt: 100,
  entries,
  ...given,
});

/** What every feed store promises; `open` makes an empty one. */
export const describeFeedStoreContract = (name: string, open: () => Promise<OpenedFeedStore>): void => {
  describe(`the feed store: ${name}`, () => {
    let opened: OpenedFeedStore;
    let store: FeedStore;

    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });

    afterEach(() => opened.dispose());

    it('starts empty, with an epoch that stays', async () => {
      expect(await store.head()).toBe(0);
      expect(await store.readFeed({ after: 0, limit: 10 })).toEqual([]);
      expect(await store.cursor('g1')).toEqual(start);
      const epoch = await store.epoch();
      expect(epoch).not.toBe('');
      const again = await opened.reopen();
      expect(await again.epoch()).toBe(epoch);
    });

    it('gives another feed another epoch', async () => {
      const other = await open();
      expect(await other.store.epoch()).not.toBe(await store.epoch());
      await other.dispose();
    });

    it('gives positions from 1 without gaps, in the order published', async () => {
      expect(await store.publish(publication([detected('c-1'), detected('c-2', bob)]))).toBe(2);
      const next = publication([detected('c-3')], { after: { position: 10, swept: false } });
      expect(await store.publish(next)).toBe(3);
      const entries = await store.readFeed({ after: 0, limit: 10 });
      expect(entries.map(({ position, changeId }) => [position, changeId])).toEqual([
        [1, 'c-1'],
        [2, 'c-2'],
        [3, 'c-3'],
      ]);
      expect(entries[0]).toEqual({ ...detected('c-1'), position: 1, recordedAt: 100, previousBody: null });
    });

    it('gives a page after a position, and no more than asked for', async () => {
      await store.publish(publication([detected('c-1'), detected('c-2'), detected('c-3')]));
      const page = await store.readFeed({ after: 1, limit: 1 });
      expect(page.map(({ position }) => position)).toEqual([2]);
      expect(await store.readFeed({ after: 3, limit: 1 })).toEqual([]);
    });

    it('keeps the set that the entries applied in order give', async () => {
      await store.publish(publication([detected('c-1'), detected('c-2'), detected('c-3', bob)]));
      const revised = {
        ...detected('c-1'),
        type: 'StanceChangeRevised',
        revision: 1,
        previous: 1,
        body: '{"new":1}',
      } as const;
      const removed = {
        ...detected('c-2'),
        type: 'StanceChangeRemoved',
        revision: 1,
        previous: 2,
        replacedBy: 'c-1',
      } as const;
      const after = { position: 10, swept: false };
      await store.publish(publication([removed, revised], { after, cursor: { position: 20, swept: true } }));
      const [ofAnn, ofBob, ofNobody] = await store.published([ann, bob, { holder: 'cem', proposition: 'p1' }]);
      expect(ofAnn?.map(({ changeId, body, entry, revision }) => [changeId, body, entry, revision])).toEqual([
        ['c-1', '{"new":1}', 5, 1],
      ]);
      expect(ofBob?.map(({ changeId }) => changeId)).toEqual(['c-3']);
      expect(ofNobody).toEqual([]);
      const asked = ['c-1', 'c-2', 'c-3', 'c-9'].map((changeId) => ({ ...ann, changeId }));
      expect(await store.changeRecords(asked)).toEqual(new Map([['c-1', { revision: 1, detectedAt: 100 }]]));
      const current = await store.readCurrent({ after: 0, upTo: 5 });
      expect(current.map(({ changeId, entry, body }) => [changeId, entry, body])).toEqual([
        ['c-3', 3, '{"of":"c-3"}'],
        ['c-1', 5, '{"new":1}'],
      ]);
      expect((await store.readCurrent({ after: 3, upTo: 5 })).map(({ entry }) => entry)).toEqual([5]);
      expect(await store.readCurrent({ after: 3, upTo: 4 })).toEqual([]);
      const [, , , fourth, fifth] = await store.readFeed({ after: 0, limit: 10 });
      expect(fourth).toMatchObject({ replacedBy: 'c-1', previousBody: '{"of":"c-2"}' });
      expect(fifth).toMatchObject({ previous: 1, previousBody: '{"of":"c-1"}' });
    });

    it('lists the histories of the published set, page by page', async () => {
      const entries = [detected('c-1', bob), detected('c-2'), detected('c-3')];
      await store.publish(publication(entries));
      expect(await store.publishedHistories({ after: null, limit: 1 })).toEqual([ann]);
      expect(await store.publishedHistories({ after: ann, limit: 10 })).toEqual([bob]);
    });

    it('moves the cursor of one generation with its entries, and nothing where the cursor is elsewhere', async () => {
      await store.publish(publication([detected('c-1')]));
      expect(await store.cursor('g1')).toEqual({ position: 10, swept: false });
      expect(await store.cursor('g2')).toEqual(start);
      await expect(store.publish(publication([detected('c-2')]))).rejects.toMatchObject({
        code: 'feed-conflict',
        retryable: false,
      });
      expect(await store.head()).toBe(1);
      expect(await store.cursor('g1')).toEqual({ position: 10, swept: false });
    });

    it('keeps all of it when it is opened again', async () => {
      await store.publish(publication([detected('c-1')]));
      const entries = await store.readFeed({ after: 0, limit: 10 });
      expect(entries).toHaveLength(1);
      const again = await opened.reopen();
      expect(await again.readFeed({ after: 0, limit: 10 })).toEqual(entries);
      expect(await again.cursor('g1')).toEqual({ position: 10, swept: false });
    });

    it('belongs to the first log that it is told of, for ever', async () => {
      expect(await store.bind(null)).toBe(false);
      expect(await store.bind('log-1')).toBe(true);
      const again = await opened.reopen();
      expect(await again.bind('log-1')).toBe(true);
      const refused = { code: 'feed-of-another-log', retryable: false };
      await expect(again.bind('log-2')).rejects.toMatchObject(refused);
      await expect(again.bind(null)).rejects.toMatchObject(refused);
    });

    it('is closed for good', async () => {
      await store.close();
      await expect(store.head()).rejects.toMatchObject({ code: 'feed-closed' });
    });
  });
};
