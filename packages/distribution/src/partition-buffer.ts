import type { LinkedEvent } from './distribution.ts';

/** How much of a partition is kept before it is asked to wait. */
export interface BufferLimits {
  readonly events: number;
  /** Of their `data`, in UTF-16 code units. */
  readonly dataLength: number;
}

interface Held {
  readonly offset: number;
  readonly linked: LinkedEvent;
}

/** What came in from one partition and has not been passed, in its order there. Each record comes with its offset. */
export interface PartitionBuffer {
  /** Takes in an event; where it is not wanted, only that it was there. */
  event(offset: number, linked: LinkedEvent, isWanted: boolean): void;
  watermark(offset: number, position: number): void;
  unreadable(offset: number): void;
  /** The highest position that a record has named: no event up to it can come in here for the first time. */
  seen(): number;
  /** The first event that waits, if one does. */
  front(): LinkedEvent | undefined;
  /** Whether it has more than enough: once it has, until half of that is passed. */
  isFull(): boolean;
  /** Gives up the events at the front that a reader has passed. */
  pass(position: number, onGone: (linked: LinkedEvent) => void): void;
  /** Nothing in front of this offset is needed again; -1 where nothing has come in. */
  handled(): number;
}

/** Once so many places at the front are free, the rest moves up. */
const slack = 1024;

export function createPartitionBuffer(limits: BufferLimits): PartitionBuffer {
  let held: Held[] = [];
  let first = 0;
  let dataLength = 0;
  let seen = 0;
  let next = -1;
  let full = false;

  return {
    event(offset, linked, isWanted) {
      next = offset + 1;
      seen = Math.max(seen, linked.event.position);
      if (!isWanted) return;
      held.push({ offset, linked });
      dataLength += linked.event.data.length;
    },
    watermark(offset, position) {
      next = offset + 1;
      seen = Math.max(seen, position);
    },
    unreadable(offset) {
      next = offset + 1;
    },
    seen: () => seen,
    front: () => held[first]?.linked,
    isFull() {
      const share = full ? 0.5 : 1;
      full = held.length - first > limits.events * share || dataLength > limits.dataLength * share;
      return full;
    },
    pass(position, onGone) {
      for (let front = held[first]; front !== undefined; front = held[first]) {
        if (front.linked.event.position > position) break;
        first += 1;
        dataLength -= front.linked.event.data.length;
        onGone(front.linked);
      }
      if (first === held.length || first > slack) {
        held = held.slice(first);
        first = 0;
      }
    },
    handled: () => held[first]?.offset ?? next,
  };
}
