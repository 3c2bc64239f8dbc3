import type { StoredEvent } from '@stance/event-store';

import type { DistributedRecord, LinkedEvent } from './distribution.ts';
import { createPartitionBuffer, type BufferLimits } from './partition-buffer.ts';

/** What there is to tell a partition after a reader has moved on. */
export interface PassedPartition {
  readonly partition: number;
  /** Nothing in front of this offset is needed again. */
  readonly handled: bigint;
  /** It was full, and has room again. */
  readonly hasRoom: boolean;
}

/** Puts the records of all partitions back into the order of the log, by the links between events. */
export interface Merge {
  /** Takes in records of a partition; `room` is false where it shall send no more for now. */
  take(batch: {
    readonly partition: number;
    readonly offset: bigint;
    readonly records: readonly DistributedRecord[];
  }): {
    readonly room: boolean;
    readonly unreadable: number;
  };
  /** The reader has passed a position: what stands there or before is given up. Tells of the partitions that this concerns. */
  pass(position: number): readonly PassedPartition[];
  /** The events right after a position, as far as they follow each other without a hole. */
  run(after: number, limit: number): StoredEvent[];
  /** Whether the event right after a position will not come in: all partitions are past it. */
  isHole(after: number): boolean;
  /** How many events the log has in front of where what has come in goes on after a position; `null` where that is unknown. */
  countBeforeNext(after: number): number | null;
  /** How many events the log has up to where the reader is, where that is known. */
  countPassed(): number | null;
  /** The reader will come to a position up to which the log has so many events. */
  learn(position: number, count: number): void;
  /** The highest position that any record has named, and how many events the log has up to there. */
  furthest(): { readonly position: number; readonly count: number };
  /** Whether two events claim one place: they are of two logs. */
  isTorn(): boolean;
}

export function createMerge(partitions: number, limits: BufferLimits): Merge {
  const buffers = Array.from({ length: partitions }, () => createPartitionBuffer(limits));
  /** Those that wait, by the position before each. */
  const following = new Map<number, LinkedEvent>();
  const full = new Set<number>();
  const told = buffers.map(() => -1);
  let passed = 0;
  let countPassed: number | null = 0;
  let furthest = 0;
  let furthestCount = 0;
  let learnt = { position: 0, count: 0 };
  let torn = false;

  function note(position: number, count: number): void {
    if (position > furthest) {
      furthest = position;
      furthestCount = count;
    }
    if (position === passed) countPassed = count;
  }

  /** Whether it is the first copy of an event that is still to be read. */
  function isWanted(linked: LinkedEvent): boolean {
    const { previous, event } = linked;
    if (event.position <= passed) return false;
    const other = following.get(previous);
    if (other === undefined) following.set(previous, linked);
    else if (other.event.id !== event.id || other.event.position !== event.position) torn = true;
    return other === undefined;
  }

  function moved(position: number): void {
    if (position === passed) return;
    passed = position;
    countPassed = null;
    if (position === furthest) countPassed = furthestCount;
    if (position === learnt.position) countPassed = learnt.count;
  }

  return {
    take({ partition, offset, records }) {
      const buffer = buffers[partition];
      if (buffer === undefined) throw new RangeError(`there is no partition ${partition}`);
      let unreadable = 0;
      let at = Number(offset);
      for (const record of records) {
        if (record.kind === 'event') {
          const { linked } = record;
          note(linked.event.position, linked.count);
          buffer.event(at, linked, isWanted(linked));
        } else if (record.kind === 'watermark') {
          note(record.watermark.position, record.watermark.count);
          buffer.watermark(at, record.watermark.position);
        } else {
          unreadable += 1;
          buffer.unreadable(at);
        }
        at += 1;
      }
      const room = !buffer.isFull();
      if (!room) full.add(partition);
      return { room, unreadable };
    },
    pass(position) {
      moved(position);
      const concerned: PassedPartition[] = [];
      for (const [partition, buffer] of buffers.entries()) {
        buffer.pass(position, (linked) => {
          if (following.get(linked.previous) === linked) following.delete(linked.previous);
          if (linked.event.position === position) countPassed = linked.count;
        });
        const handled = buffer.handled();
        const hasRoom = full.has(partition) && !buffer.isFull();
        if (hasRoom) full.delete(partition);
        if (handled === told[partition] && !hasRoom) continue;
        told[partition] = handled;
        if (handled >= 0) concerned.push({ partition, handled: BigInt(handled), hasRoom });
      }
      return concerned;
    },
    run(after, limit) {
      const events: StoredEvent[] = [];
      for (let next = following.get(after); next !== undefined && events.length < limit;) {
        events.push(next.event);
        next = following.get(next.event.position);
      }
      return events;
    },
    isHole: (after) => !following.has(after) && buffers.every((buffer) => buffer.seen() > after),
    countBeforeNext(after) {
      let next: number | null = null;
      for (const buffer of buffers) {
        const front = buffer.front();
        if (front !== undefined && front.event.position > after) next = Math.min(next ?? front.count, front.count);
      }
      if (next !== null) return next - 1;
      return furthest > after ? furthestCount : null;
    },
    countPassed: () => countPassed,
    learn(position, count) {
      learnt = { position, count };
    },
    furthest: () => ({ position: furthest, count: furthestCount }),
    isTorn: () => torn,
  };
}
