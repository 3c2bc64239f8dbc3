import { DistributionError } from '../errors.ts';
import { changeMessages, createLeftOverSearch, removalMessage, watermarkMessages } from '../feed/feed-messages.ts';
import type { FeedMessage } from '../feed/feed-messages.ts';
import type { FeedTopicsSession, FeedTopicsWriter } from '../feed/feed-topics.ts';
import { partitionOf } from './partition-of.ts';
import type { SendOutcome } from './writer.ts';

export interface MemoryFeedTopicsOptions {
  readonly partitions: number;
}

export interface MemoryFeedWriterOptions {
  /** Asked at each call of a session that writes; the call waits for the answer. `sent` where left out. */
  readonly outcome?: () => SendOutcome | Promise<SendOutcome>;
}

/** The topics of the feed in one process: for tests. */
export interface MemoryFeedTopics {
  /** The records of each partition, in their order: what was written in part and given up is among them. */
  readonly entries: () => readonly (readonly FeedMessage[])[];
  readonly current: () => readonly (readonly FeedMessage[])[];
  createWriter(options?: MemoryFeedWriterOptions): FeedTopicsWriter;
  /** Makes both topics anew: empty. Sessions from before are over. */
  recreate(): void;
}

interface Written {
  readonly partition: number;
  readonly topic: FeedMessage[][];
  readonly message: FeedMessage;
}

export function createMemoryFeedTopics({ partitions }: MemoryFeedTopicsOptions): MemoryFeedTopics {
  const fresh = (): FeedMessage[][] => Array.from({ length: partitions }, () => []);
  let entries = fresh();
  let current = fresh();
  /** Who took over last. */
  let owner = 0;

  const inEach = (topic: FeedMessage[][], message: FeedMessage): Written[] =>
    topic.map((_, partition) => ({ partition, topic, message }));

  function openSession(number: number, outcome: () => SendOutcome | Promise<SendOutcome>): FeedTopicsSession {
    let isOver = false;

    async function write(written: readonly Written[]): Promise<void> {
      const end = isOver ? 'lost' : await outcome();
      if (number !== owner) {
        throw new DistributionError(
          'distribution-fenced',
          'the topics of the feed are not those any more that this session took over',
          {
            retryable: true,
          },
        );
      }
      for (const { partition, topic, message } of written) {
        const isWritten = typeof end === 'object' ? end.partitions.includes(partition) : end !== 'lost';
        if (isWritten) topic[partition]?.push(message);
      }
      if (end === 'sent') return;
      isOver = true;
      throw new DistributionError('distribution-unavailable', 'the distribution gave no answer', { retryable: true });
    }

    return {
      isUnwritten: [...entries, ...current].some((records) => records.length === 0),
      send(changes, watermark) {
        const mark = watermarkMessages(watermark);
        const messages = changes.map((change) => changeMessages(change, watermark));
        const place = (topic: FeedMessage[][], message: FeedMessage & { readonly key: string }): Written => ({
          partition: partitionOf(message.key, partitions),
          topic,
          message,
        });
        return write([
          ...messages.map(({ entry }) => place(entries, entry)),
          ...messages.map((message) => place(current, message.current)),
          ...inEach(entries, mark.entry),
          ...inEach(current, mark.current),
        ]);
      },
      leftOvers: async (generation) =>
        current.flatMap((records, partition) => {
          const search = createLeftOverSearch(generation);
          for (const { key, value, headers } of records) {
            search.take({ key, isTombstone: value === null, generation: Number(headers['ce_generation']) });
          }
          return search.found().map((changeId) => ({ partition, changeId }));
        }),
      remove: (leftOvers, watermark) =>
        write([
          ...leftOvers.map((leftOver) => ({
            partition: leftOver.partition,
            topic: current,
            message: removalMessage(leftOver, watermark),
          })),
          ...inEach(current, watermarkMessages(watermark).current),
        ]),
    };
  }

  return {
    entries: () => entries,
    current: () => current,
    createWriter({ outcome = (): SendOutcome => 'sent' } = {}) {
      let closed = false;
      return {
        async takeOver() {
          if (closed) throw new DistributionError('distribution-closed', 'the writer of the distribution is closed');
          owner += 1;
          return openSession(owner, outcome);
        },
        async close() {
          closed = true;
        },
      };
    },
    recreate() {
      owner += 1;
      entries = fresh();
      current = fresh();
    },
  };
}
