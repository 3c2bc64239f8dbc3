import type { Watermark } from '@stance/distribution';
import type { RelayCheckpoint } from '@stance/relay-state';

import type { OffsetLog } from './offset-log.ts';
import { partitionOf } from './partitions.ts';
import type { Partitions } from './partitions.ts';

/** Looks at every record once, as it was written. */
export interface Judge {
  /** How many events were written that stood there already. */
  again(): number;
  /** @throws where what must hold does not. */
  check(checkpoint: RelayCheckpoint): void;
}

export const createJudge = (log: OffsetLog, { records }: Partitions): Judge => {
  const looked = records.map(() => 0);
  /** How many different events each partition has. */
  const held = records.map(() => 0);
  let again = 0;
  let before = 0;

  const eventsOf = (partition: number) =>
    log.events.filter(({ event }) => partitionOf(event.stream, records.length) === partition);
  const upTo = (partition: number, position: number): number =>
    eventsOf(partition).filter(({ event }) => event.position <= position).length;

  const isTrue = ({ position, count, recordedAt }: Watermark): boolean => {
    const totals = log.totalsAt(position);
    return totals.count === count && totals.recordedAt === recordedAt;
  };

  const must = (holds: boolean, what: string): void => {
    if (!holds) throw new Error(`it does not hold that ${what}`);
  };

  const checkPartition = (partition: number): void => {
    const expected = eventsOf(partition);
    for (const record of (records[partition] ?? []).slice(looked[partition])) {
      const has = held[partition] ?? 0;
      if (record.kind === 'event') {
        const index = expected.findIndex(({ count }) => count === record.linked.count);
        const { event, previous, count } = record.linked;
        must(expected[index]?.event === event, 'an event is counted');
        must(expected[index]?.previous === previous, `event ${String(count)} is linked to the one before`);
        must(index <= has, `event ${String(count)} comes after all those before it`);
        if (index < has) again += 1;
        else held[partition] = has + 1;
      } else if (record.kind === 'watermark') {
        const { watermark } = record;
        must(isTrue(watermark), 'a watermark counts what it covers');
        must(upTo(partition, watermark.position) <= has, 'a watermark comes after all it covers');
      }
    }
    looked[partition] = records[partition]?.length ?? 0;
  };

  return {
    again: () => again,
    check(checkpoint) {
      for (const partition of records.keys()) {
        checkPartition(partition);
        must(upTo(partition, checkpoint.position) <= (held[partition] ?? 0), 'the checkpoint passes nothing');
      }
      must(isTrue(checkpoint), 'the checkpoint counts what it covers');
      must(checkpoint.position >= before, 'the checkpoint never goes back');
      before = checkpoint.position;
    },
  };
};
