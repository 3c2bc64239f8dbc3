import { openSqliteFeedReader } from '@stance/feed/sqlite';
import type { FeedEntry } from '@stance/feed';
import { expect, vi } from 'vitest';

import { getJson } from './client.ts';

/** What the feed and the service's answers both say of a change. */
interface CurrentChange {
  readonly id: string;
  readonly holder: string;
  readonly proposition: string;
  readonly kind: string;
  readonly status: string;
  readonly revision: number | null;
}

interface ChangesAnswer {
  readonly items: readonly CurrentChange[];
  readonly next?: string;
}

/**
 * Expects that whoever applied the feed from its beginning, in order, holds the current set of changes.
 *
 * @returns how many there are.
 */
export const expectFeedGivesChanges = async (
  baseUrl: string,
  feedFile: string,
  minPosition: number,
): Promise<number> => {
  const compare = async (): Promise<number> => {
    const changes = await readChanges(baseUrl, minPosition);
    expect(await applyFeed(feedFile)).toEqual(changes);
    return changes.length;
  };
  // Publishing comes after what is published.
  return vi.waitFor(compare, { timeout: 20_000, interval: 50 });
};

const applyFeed = async (feedFile: string): Promise<CurrentChange[]> => {
  const feed = openSqliteFeedReader({ path: feedFile });
  const current = new Map<string, CurrentChange>();
  try {
    for (let after = 0; ;) {
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
  return inOrder([...current.values()]);
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

const readChanges = async (baseUrl: string, minPosition: number): Promise<CurrentChange[]> => {
  const changes: CurrentChange[] = [];
  for (let after = ''; ;) {
    const page = await getJson<ChangesAnswer>(
      `${baseUrl}/v1/changes?limit=1000&minPosition=${minPosition}${after === '' ? '' : `&after=${after}`}`,
    );
    changes.push(
      ...page.items.map(({ id, holder, proposition, kind, status, revision }) => ({
        id,
        holder,
        proposition,
        kind,
        status,
        revision,
      })),
    );
    if (page.next === undefined) return inOrder(changes);
    after = encodeURIComponent(page.next);
  }
};

const inOrder = (changes: readonly CurrentChange[]): CurrentChange[] =>
  changes.toSorted((one, other) => (one.id < other.id ? -1 : 1));
