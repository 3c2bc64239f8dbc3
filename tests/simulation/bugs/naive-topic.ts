import type { EventPage, StoredEvent } from '@stance/event-store';

import type { World } from '../world.ts';

/** Reads the partitions of the topic each by itself: it knows of no links between events, and of no holes. */
export interface NaiveTopic {
  /** The events that have come in after a position, and up to another, in order. */
  page(options: { readonly after: number; readonly upTo?: number; readonly limit: number }): EventPage;
  /** The lowest position up to which every partition has been marked. */
  marked(): number;
}

export const createNaiveTopic = ({ distribution }: World, from: 'first' | 'end'): NaiveTopic => {
  const { topic } = distribution;
  const next = Array.from({ length: topic.partitions }, (_, partition) => topic.bounds(partition)[from]);
  const marks = next.map(() => 0);
  const held = new Map<number, StoredEvent>();

  const pull = (): void => {
    for (const [partition, offset] of next.entries()) {
      const { first, end } = topic.bounds(partition);
      const start = offset < first || offset > end ? first : offset;
      for (const record of topic.read(partition, start, Number(end - start))) {
        if (record.kind === 'event') held.set(record.linked.event.position, record.linked.event);
        else if (record.kind === 'watermark') {
          marks[partition] = Math.max(marks[partition] ?? 0, record.watermark.position);
        }
      }
      next[partition] = end;
    }
  };

  return {
    page({ after, upTo = Number.MAX_SAFE_INTEGER, limit }) {
      pull();
      const events = [...held.values()]
        .filter(({ position }) => position > after && position <= upTo)
        .sort((a, b) => a.position - b.position)
        .slice(0, limit);
      return { events, position: events.at(-1)?.position ?? after };
    },
    marked() {
      pull();
      return Math.min(...marks);
    },
  };
};
