import type { DistributedRecord, LinkedEvent, Watermark } from '@stance/distribution';

/** What was written to each partition, in order. The key of an event is its stream. */
export interface Partitions {
  readonly records: readonly (readonly DistributedRecord[])[];
  /** @param most to so many partitions only, and without the watermark where these are not all. */
  write(events: readonly LinkedEvent[], watermark: Watermark, most?: number): void;
  /** The positions of the events of all partitions, each as often as it was written, in the order written. */
  positions(): number[];
  /** The watermarks of the first partition. */
  marks(): Watermark[];
}

export const partitionOf = (stream: string, partitions: number): number =>
  (stream.at(-1)?.charCodeAt(0) ?? 0) % partitions;

export const createPartitions = (count = 3): Partitions => {
  const records: DistributedRecord[][] = Array.from({ length: count }, () => []);
  const written: number[] = [];

  return {
    records,
    write(events, watermark, most = count) {
      for (const linked of events) {
        const partition = partitionOf(linked.event.stream, count);
        if (partition >= most) continue;
        records[partition]?.push({ kind: 'event', linked });
        written.push(linked.event.position);
      }
      if (most >= count) for (const partition of records) partition.push({ kind: 'watermark', watermark });
    },
    positions: () => [...written],
    marks: () => (records[0] ?? []).flatMap((record) => (record.kind === 'watermark' ? [record.watermark] : [])),
  };
};
