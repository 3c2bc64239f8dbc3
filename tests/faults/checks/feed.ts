import type { FeedEntry, FeedReader } from '@stance/feed';
import { expect, vi } from 'vitest';

import { inOrder, readChanges } from './changes.ts';
import type { CurrentChange } from './changes.ts';

/** One who follows the feed over all restarts, and applies it in order. */
export interface FeedFollower {
  /**
   * Reads on from the last entry it saw, and expects to hold the current set of changes then.
   *
   * @returns how many there are.
   */
  expectCurrent(baseUrl: string, minPosition: number): Promise<number>;
}

export const followFeed = (open: () => FeedReader | Promise<FeedReader>): FeedFollower => {
  const current = new Map<string, CurrentChange>();
  let after = 0;

  const readOn = async (): Promise<void> => {
    const feed = await open();
    try {
      for (;;) {
        const entries = await feed.readFeed({ after, limit: 1000 });
        if (entries.length === 0) break;
        for (const entry of entries) {
          after += 1;
          if (entry.position !== after) throw new Error(`feed position ${entry.position} comes where ${after} should`);
          applyEntry(current, entry);
        }
      }
    } finally {
      await feed.close();
    }
  };

  return {
    async expectCurrent(baseUrl, minPosition) {
      // Publishing comes after what is published.
      await vi.waitFor(
        async () => {
          const changes = await readChanges(baseUrl, minPosition);
          await readOn();
          expect(inOrder([...current.values()])).toEqual(changes);
        },
        { timeout: 20_000, interval: 50 },
      );
      return current.size;
    },
  };
};

const applyEntry = (current: Map<string, CurrentChange>, entry: FeedEntry): void => {
  const { type, changeId, holder, proposition, revision, body, position } = entry;
  const held = current.get(changeId);
  const isDetection = type === 'StanceChangeDetected';
  if (isDetection !== (held === undefined)) throw new Error(`${type} of ${changeId} at feed position ${position}`);
  if (type === 'StanceChangeRemoved') {
    current.delete(changeId);
    return;
  }
  const { kind, status } = JSON.parse(body) as { kind: string; status: string };
  current.set(changeId, { id: changeId, holder, proposition, kind, status, revision });
};
