import { partitionKeyOf } from '@stance/distribution';
import type { LinkedEvent, Watermark } from '@stance/distribution';
import { partitionOf } from '@stance/distribution/memory';
import type { StoredEvent } from '@stance/event-store';
import type { RelayCheckpoint } from '@stance/relay-state';

import { must } from '../violation.ts';
import type { World } from '../world.ts';

/** The topic and the relays' checkpoint: looks at every record once, as it is written. */
export const createTopicInvariant = (world: World): (() => void) => {
  const { log, distribution, relayMemory } = world;
  const { topic } = distribution;
  const { partitions } = topic;
  const looked = Array.from({ length: partitions }, () => 0n);
  /** How many different events have stood in each partition. */
  const held = Array.from({ length: partitions }, () => 0);
  /** The events of each partition that the log has, and how many it has up to each. */
  const expected: StoredEvent[][] = Array.from({ length: partitions }, () => []);
  const places = new Map<number, number>();
  const stamps: number[] = [0];
  let known = 0;
  let before = 0;

  const learn = (): void => {
    for (; known < log.events.length; known += 1) {
      const event = log.events[known];
      if (event === undefined) break;
      const all = expected[partitionOf(partitionKeyOf(event), partitions)] ?? [];
      places.set(event.position, all.length);
      all.push(event);
      stamps.push(Math.max(stamps.at(-1) ?? 0, event.recordedAt));
    }
  };

  const upTo = (partition: number, position: number): number => {
    const all = expected[partition] ?? [];
    let count = all.length;
    while (count > 0 && (all[count - 1]?.position ?? 0) > position) count -= 1;
    return count;
  };

  const checkEvent = (partition: number, { event, previous, count }: LinkedEvent): void => {
    const there = log.events[count - 1];
    must(there?.id === event.id, 'an event in the topic is counted as in the log', () => `event ${event.id}`);
    must(
      previous === (log.events[count - 2]?.position ?? 0),
      'an event in the topic is linked to the one before it',
      () => `event ${String(event.position)} to ${String(previous)}`,
    );
    const place = places.get(event.position) ?? Number.POSITIVE_INFINITY;
    const has = held[partition] ?? 0;
    must(
      place <= has,
      'events come into a partition in order, none left out',
      () => `event ${String(event.position)} in partition ${String(partition)}`,
    );
    if (place === has) held[partition] = has + 1;
  };

  const isTrue = ({ position, count, recordedAt }: Watermark | RelayCheckpoint): boolean =>
    log.countUpTo(position) === count && (stamps[count] ?? 0) === recordedAt;

  const checkWatermark = (partition: number, watermark: Watermark): void => {
    must(isTrue(watermark), 'a watermark counts what it covers', () => JSON.stringify(watermark));
    must(
      upTo(partition, watermark.position) <= (held[partition] ?? 0),
      'a watermark comes after all events that it covers',
      () => `${JSON.stringify(watermark)} in partition ${String(partition)}`,
    );
  };

  return () => {
    learn();
    for (let partition = 0; partition < partitions; partition += 1) {
      const { first, end } = topic.bounds(partition);
      if (end < (looked[partition] ?? 0n)) looked[partition] = first;
      const from = looked[partition] ?? 0n;
      if (end <= from) continue;
      for (const record of topic.read(partition, from, Number(end - from))) {
        if (record.kind === 'event') checkEvent(partition, record.linked);
        else if (record.kind === 'watermark') checkWatermark(partition, record.watermark);
      }
      looked[partition] = end;
    }
    const checkpoint = relayMemory.checkpoint();
    must(checkpoint.position >= before, "the relay's checkpoint never goes back", () => JSON.stringify(checkpoint));
    before = checkpoint.position;
    must(isTrue(checkpoint), "the relay's checkpoint counts what it covers", () => JSON.stringify(checkpoint));
    for (let partition = 0; partition < partitions; partition += 1) {
      must(
        upTo(partition, checkpoint.position) <= (held[partition] ?? 0),
        "the relay's checkpoint passes nothing that was not sent",
        () => `${JSON.stringify(checkpoint)}, partition ${String(partition)}`,
      );
    }
  };
};
