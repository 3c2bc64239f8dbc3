import type { DistributedRecord, DistributionWriter } from '../distribution.ts';
import { DistributionError } from '../errors.ts';
import { partitionKeyOf } from '../partition-key.ts';
import { partitionOf } from './partition-of.ts';
import type { MemoryTopic } from './topic.ts';

/**
 * How a call of `send` ends: `sent`; `lost`, nothing of it being written; `unanswered`, all of it being written; or only
 * what goes to some partitions. All but the first fail with `distribution-unavailable`.
 */
export type SendOutcome = 'sent' | 'lost' | 'unanswered' | { readonly partitions: readonly number[] };

export interface MemoryWriterOptions {
  /** Asked at each call; the call waits for the answer. `sent` where left out. */
  readonly outcome?: () => SendOutcome | Promise<SendOutcome>;
}

export interface MemoryWriterParts extends MemoryWriterOptions {
  readonly topic: MemoryTopic;
  readonly onWritten: () => void;
}

export function createMemoryWriter({
  topic,
  onWritten,
  outcome = () => 'sent',
}: MemoryWriterParts): DistributionWriter {
  let closed = false;
  let call: Promise<void> = Promise.resolve();

  function checkOpen(): void {
    if (closed) throw new DistributionError('distribution-closed', 'the writer of the distribution is closed');
  }

  return {
    async send(events, watermark) {
      checkOpen();
      const shares: DistributedRecord[][] = Array.from({ length: topic.partitions }, () => []);
      for (const linked of events) {
        shares[partitionOf(partitionKeyOf(linked.event), topic.partitions)]?.push({ kind: 'event', linked });
      }
      const answer = Promise.resolve(outcome());
      call = answer.then(
        () => undefined,
        () => undefined,
      );
      const end = await answer;
      for (const [partition, share] of shares.entries()) {
        const isWritten = typeof end === 'object' ? end.partitions.includes(partition) : end !== 'lost';
        if (isWritten) topic.append(partition, [...share, { kind: 'watermark', watermark }]);
      }
      onWritten();
      if (end === 'sent') return;
      throw new DistributionError('distribution-unavailable', 'the distribution gave no answer', { retryable: true });
    },
    async close() {
      closed = true;
      await call;
    },
  };
}
