import type { FeedWatermark, LeftOver, OutgoingChange } from './feed-topics.ts';

/** A record of a topic, but for its partition. `null`: a record without a key; a tombstone. */
export interface FeedMessage {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Of which feed a message is. */
type OfFeed = Pick<FeedWatermark, 'feed' | 'generation'>;

export const watermarkType = 'stance.watermark';
/** Watermarks have it in the topic of the current set, where a record wants a key. No change has such an id. */
export const watermarkKey = 'watermark';

const json = 'application/json';
const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

const attributes = ({ feed, generation }: OfFeed, given: { readonly type: string; readonly sequence: number }) => ({
  ce_specversion: '1.0',
  ce_source: '/stance/changes',
  ce_type: given.type,
  ce_feed: feed,
  ce_generation: String(generation),
  ce_sequence: String(given.sequence),
});

const headersOf = (change: OutgoingChange, feed: OfFeed): FeedMessage['headers'] => ({
  ...attributes(feed, { type: change.type, sequence: change.position }),
  ce_id: `${feed.feed}.${String(change.position)}`,
  ce_time: timeOf(change.recordedAt),
  ce_subject: change.changeId,
  'content-type': json,
  ...(change.replacedBy === null ? {} : { ce_replacedby: change.replacedBy }),
});

/** An entry in the topic of all entries, and in that of the current set: CloudEvents 1.0 in Kafka's binary mode. */
export const changeMessages = (
  change: OutgoingChange,
  feed: OfFeed,
): {
  readonly entry: FeedMessage & { readonly key: string };
  readonly current: FeedMessage & { readonly key: string };
} => {
  const headers = headersOf(change, feed);
  return {
    entry: { key: change.holder, value: change.data, headers },
    current: { key: change.changeId, value: change.isRemoved ? null : change.data, headers },
  };
};

/** A watermark in both topics. In that of the current set it is a tombstone of what never was: tables made of it stay true. */
export const watermarkMessages = (
  watermark: FeedWatermark,
): { readonly entry: FeedMessage; readonly current: FeedMessage } => {
  const { feed, generation, position, recordedAt } = watermark;
  const headers = {
    ...attributes(watermark, { type: watermarkType, sequence: position }),
    ce_id: `${feed}.${String(position)}.watermark-${String(generation)}`,
    ce_time: timeOf(recordedAt),
    'content-type': json,
  };
  return {
    entry: { key: null, value: JSON.stringify(watermark), headers },
    current: { key: watermarkKey, value: null, headers },
  };
};

/** The tombstone of a change that only feeds before had in their sets. */
export const removalMessage = ({ changeId }: LeftOver, watermark: FeedWatermark): FeedMessage => ({
  key: changeId,
  value: null,
  headers: {
    ...attributes(watermark, { type: 'StanceChangeRemoved', sequence: watermark.position }),
    ce_id: `${watermark.feed}.${String(watermark.position)}.${changeId}`,
    ce_time: timeOf(watermark.recordedAt),
    ce_subject: changeId,
    'content-type': json,
  },
});

/** Finds what is left over of generations before in records of one partition of the current set, given in their order. */
export const createLeftOverSearch = (generation: number) => {
  const found = new Set<string>();
  return {
    take(record: { readonly key: string | null; readonly isTombstone: boolean; readonly generation: number }): void {
      const { key } = record;
      if (key === null) return;
      if (record.isTombstone || record.generation >= generation) found.delete(key);
      else found.add(key);
    },
    found: (): readonly string[] => [...found],
  };
};
