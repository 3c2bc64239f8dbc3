import type { DistributedRecord } from '../distribution.ts';

/** The records of each partition, by offset. */
export interface MemoryTopic {
  readonly partitions: number;
  append(partition: number, records: readonly DistributedRecord[]): void;
  /** The offset of the first record that is still there, and the one that the next record gets. */
  bounds(partition: number): { readonly first: bigint; readonly end: bigint };
  read(partition: number, from: bigint, atMost: number): readonly DistributedRecord[];
  /** Takes away what stands in front of an offset, as retention does. */
  truncate(partition: number, before: bigint): void;
  /** Makes it anew: empty, and its offsets start again. */
  recreate(): void;
}

export function createMemoryTopic(partitions: number): MemoryTopic {
  const fresh = (): { first: bigint; records: DistributedRecord[] } => ({ first: 0n, records: [] });
  let contents = Array.from({ length: partitions }, fresh);

  function of(partition: number) {
    const content = contents[partition];
    if (content === undefined) throw new RangeError(`there is no partition ${partition}`);
    return content;
  }

  return {
    partitions,
    append(partition, records) {
      of(partition).records.push(...records);
    },
    bounds(partition) {
      const { first, records } = of(partition);
      return { first, end: first + BigInt(records.length) };
    },
    read(partition, from, atMost) {
      const { first, records } = of(partition);
      const start = Number(from - first);
      return records.slice(start, start + atMost);
    },
    truncate(partition, before) {
      const content = of(partition);
      const gone = before - content.first;
      if (gone <= 0n) return;
      content.records.splice(0, Number(gone));
      content.first = before;
    },
    recreate() {
      contents = Array.from({ length: partitions }, fresh);
    },
  };
}
