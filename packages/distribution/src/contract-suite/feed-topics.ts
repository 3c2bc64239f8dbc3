import { describe, expect, it, onTestFinished } from 'vitest';

import type { FeedMessage } from '../feed/feed-messages.ts';
import type { FeedTopicsSession, FeedTopicsWriter, FeedWatermark, OutgoingChange } from '../feed/feed-topics.ts';

/** Fresh, empty topics of a feed, and the means to look into them and to do them harm. */
export interface OpenedFeedTopics {
  readonly partitions: number;
  createWriter(): FeedTopicsWriter;
  /** The records of each partition that were committed, in their order, once each has the watermark of this sequence. */
  entries(sequence: number): Promise<readonly (readonly FeedMessage[])[]>;
  current(sequence: number): Promise<readonly (readonly FeedMessage[])[]>;
  /** Takes both topics away and makes them anew. */
  recreate(): Promise<void>;
  /** Closes whatever is open and removes all traces. */
  close(): Promise<void>;
}

const changeIds = Array.from({ length: 40 }, (_, index) => `c-${String(index).padStart(32, '0')}`);
const holders = ['ann', 'bob', 'Zoë', 'döner', '漢字'];

const changeAt = (position: number, given: Partial<OutgoingChange> = {}): OutgoingChange => {
  const index = (position - 1) % changeIds.length;
  return {
    position,
    type: 'StanceChangeDetected',
    changeId: changeIds[index] ?? '',
    holder: holders[index % holders.length] ?? '',
    recordedAt: 1_700_000_000_000 + position,
    replacedBy: null,
    isRemoved: false,
    data: JSON.stringify({ id: changeIds[index], position }),
    ...given,
  };
};

const changes = (from: number, to: number): OutgoingChange[] =>
  Array.from({ length: to - from + 1 }, (_, index) => changeAt(from + index));

const mark = (position: number, given: Partial<FeedWatermark> = {}): FeedWatermark => ({
  feed: 'f1',
  generation: 1000,
  position,
  head: position,
  recordedAt: position === 0 ? 0 : 1_700_000_000_000 + position,
  ...given,
});

const isWatermark = ({ headers }: FeedMessage): boolean => headers['ce_type'] === 'stance.watermark';
const all = (records: readonly (readonly FeedMessage[])[]): FeedMessage[] =>
  records.flat().filter((record) => !isWatermark(record));
const sequenceOf = ({ headers }: FeedMessage): number => Number(headers['ce_sequence']);

/** What every pair of topics of a feed promises; `open` makes fresh ones. */
export const describeFeedTopicsContract = (name: string, open: () => Promise<OpenedFeedTopics>): void => {
  describe(`${name} keeps the contract of the topics of a feed`, { timeout: 90_000 }, () => {
    const openForTest = async (): Promise<OpenedFeedTopics> => {
      const opened = await open();
      onTestFinished(() => opened.close());
      return opened;
    };
    const taken = async (opened: OpenedFeedTopics): Promise<FeedTopicsSession> => {
      const writer = opened.createWriter();
      onTestFinished(() => writer.close());
      return writer.takeOver();
    };

    it('has every entry as it was sent, those of one holder in one partition and in their order', async () => {
      const opened = await openForTest();
      const session = await taken(opened);
      const sent = [
        ...changes(1, 39),
        changeAt(40, { type: 'StanceChangeRemoved', isRemoved: true, replacedBy: changeIds[0] ?? '' }),
      ];
      await session.send(sent.slice(0, 20), mark(20));
      await session.send(sent.slice(20), mark(40));
      const records = await opened.entries(40);
      const byPosition = all(records).sort((a, b) => sequenceOf(a) - sequenceOf(b));
      expect(byPosition.map(({ key, value }) => [key, value])).toEqual(sent.map(({ holder, data }) => [holder, data]));
      expect(byPosition[39]?.headers).toEqual({
        ce_specversion: '1.0',
        ce_id: 'f1.40',
        ce_source: '/stance/changes',
        ce_type: 'StanceChangeRemoved',
        ce_time: '2023-11-14T22:13:20.040Z',
        ce_subject: changeIds[39],
        'content-type': 'application/json',
        ce_feed: 'f1',
        ce_generation: '1000',
        ce_sequence: '40',
        ce_replacedby: changeIds[0],
      });
      const partitionOf = new Map<string | null, number>();
      for (const [partition, of] of records.entries()) {
        expect(of.map(sequenceOf)).toEqual(of.map(sequenceOf).sort((a, b) => a - b));
        for (const { key } of all([of]))
          expect(partitionOf.set(key, partitionOf.get(key) ?? partition).get(key)).toBe(partition);
      }
      expect(partitionOf.size).toBe(holders.length);
    });

    it('has the last word on each change by its id in the current set, and a tombstone for one that was removed', async () => {
      const opened = await openForTest();
      const session = await taken(opened);
      await session.send(changes(1, 40), mark(40));
      const removed = changeAt(42, { type: 'StanceChangeRemoved', isRemoved: true });
      await session.send([changeAt(41), removed], mark(42));
      const table = new Map<string | null, string | null>();
      for (const { key, value } of (await opened.current(42)).flat()) table.set(key, value);
      expect(table.get('watermark')).toBeNull();
      table.delete('watermark');
      const expected = new Map(changes(1, 40).map(({ changeId, data }): [string, string | null] => [changeId, data]));
      expected.set(changeIds[0] ?? '', changeAt(41).data);
      expected.set(changeIds[1] ?? '', null);
      expect(table).toEqual(expected);
    });

    it('puts a watermark into every partition of both topics, behind what was sent with it, and one alone where nothing was', async () => {
      const opened = await openForTest();
      const session = await taken(opened);
      await session.send([], mark(0, { head: 30 }));
      await session.send(changes(1, 30), mark(30));
      for (const records of [await opened.entries(30), await opened.current(30)]) {
        expect(records).toHaveLength(opened.partitions);
        for (const of of records) {
          const marks = of.map(isWatermark);
          expect([marks.at(0), marks.at(-1)]).toEqual([true, true]);
          expect(marks.filter(Boolean)).toHaveLength(2);
          expect(of.at(-1)?.headers).toMatchObject({ ce_feed: 'f1', ce_generation: '1000', ce_sequence: '30' });
        }
      }
      const [first] = await opened.entries(30);
      expect(first?.at(0)).toMatchObject({ key: null, value: JSON.stringify(mark(0, { head: 30 })) });
    });

    it('takes a batch that is larger than what goes into one request', async () => {
      const opened = await openForTest();
      const session = await taken(opened);
      const sent = changes(1, 40).map((change) => ({
        ...change,
        holder: 'ann',
        data: JSON.stringify('x'.repeat(60_000)),
      }));
      await session.send(sent, mark(40));
      expect(all(await opened.entries(40)).map(sequenceOf)).toEqual(sent.map(({ position }) => position));
      expect(all(await opened.current(40))).toHaveLength(40);
    });

    it('writes nothing of who was followed by another, whatever he still sends', async () => {
      const opened = await openForTest();
      const former = await taken(opened);
      await former.send(changes(1, 10), mark(10));
      const heir = await taken(opened);
      const fenced = { code: 'distribution-fenced' };
      await expect(former.send(changes(11, 20), mark(20))).rejects.toMatchObject(fenced);
      await heir.send(changes(11, 30), mark(30));
      await expect(former.send(changes(11, 20), mark(20))).rejects.toBeInstanceOf(Error);
      await heir.send([], mark(31));
      expect(
        all(await opened.entries(31))
          .map(sequenceOf)
          .sort((a, b) => a - b),
      ).toEqual(changes(1, 30).map(({ position }) => position));
    });

    it('says of topics whether they were ever written to', async () => {
      const opened = await openForTest();
      const first = await taken(opened);
      expect(first.isUnwritten).toBe(true);
      await first.send([], mark(0));
      expect((await taken(opened)).isUnwritten).toBe(false);
      await opened.recreate();
      expect((await taken(opened)).isUnwritten).toBe(true);
    });

    it('writes nothing to topics that were made anew under its feet, so that who takes over next notices', async () => {
      const opened = await openForTest();
      const session = await taken(opened);
      await session.send(changes(1, 10), mark(10));
      await opened.recreate();
      await expect(session.send(changes(11, 20), mark(20))).rejects.toBeInstanceOf(Error);
      const next = await taken(opened);
      expect(next.isUnwritten).toBe(true);
      await next.send([], mark(0));
      expect(all(await opened.entries(0))).toEqual([]);
    });

    it('finds what only feeds before had in their sets, and takes that away', async () => {
      const opened = await openForTest();
      const session = await taken(opened);
      await session.send(changes(1, 40), mark(40));
      await session.send([changeAt(42, { isRemoved: true })], mark(42));
      const later = mark(3, { feed: 'f2', generation: 2000 });
      await session.send(changes(1, 3), later);
      const leftOvers = await session.leftOvers(later.generation);
      // The second one was removed, and came back.
      const expected = changeIds.slice(3).sort();
      expect(leftOvers.map(({ changeId }) => changeId).sort()).toEqual(expected);
      await session.remove(leftOvers, later);
      await session.send([changeAt(4)], mark(4, { feed: 'f2', generation: 2000 }));
      const table = new Map<string | null, string | null>();
      for (const { key, value } of (await opened.current(4)).flat()) table.set(key, value);
      const current = [...table].filter(([, value]) => value !== null).map(([key]) => key);
      expect(new Set(current)).toEqual(new Set(changeIds.slice(0, 4)));
      expect(await session.leftOvers(later.generation)).toEqual([]);
    });

    it('refuses once its writer is closed', async () => {
      const opened = await openForTest();
      const writer = opened.createWriter();
      await writer.close();
      await expect(writer.takeOver()).rejects.toMatchObject({ code: 'distribution-closed' });
    });
  });
};
