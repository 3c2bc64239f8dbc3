import type { FeedEntry } from '../feed-entry.ts';
import type { ReadOnFeed } from '../read-on.ts';
import { toldEntry } from '../told-entry.ts';

/** A feed as its store has it, which can become another one under the feet of whoever reads it: for tests. */
export interface ChangingFeed {
  readonly reader: ReadOnFeed;
  /** Publishes the next step of a change: detects one that is not there, and revises or removes one that is. */
  publish(change: number, isRemoval?: boolean): void;
  /** Makes the feed store anew: empty, and of another epoch. */
  replace(): void;
  /** Puts it back to what it was at a position. */
  putBack(position: number): void;
  head(): number;
  epoch(): string;
  /** The current set at a position, by change id: each as it goes out. */
  setAt(position: number): Map<string, string>;
}

export const holderOf = (change: number): string => `holder-${String(change % 5)}`;
export const changeIdOf = (change: number): string => `c-${String(change).padStart(32, '0')}`;

/** What a change says that has become another at some time. */
const body = (at: number): string =>
  JSON.stringify({
    track: 'direction',
    kind: 'first',
    status: 'confirmed',
    from: null,
    to: { direction: 'support', strength: null },
    at,
    confirmedAt: at,
    withdrawnAt: null,
    openedBy: 's1',
    evidence: [],
  });

export const createChangingFeed = (): ChangingFeed => {
  let entries: FeedEntry[] = [];
  let epochs = 1;
  let time = 0;

  const lastOf = (changeId: string): FeedEntry | undefined => entries.findLast((entry) => entry.changeId === changeId);

  return {
    reader: {
      epoch: async () => `feed-${String(epochs)}`,
      head: async () => entries.length,
      readFeed: async ({ after, limit }) => entries.slice(after, after + limit),
    },
    publish(change, isRemoval = false) {
      time += 1;
      const changeId = changeIdOf(change);
      const last = lastOf(changeId);
      const known = last === undefined || last.type === 'StanceChangeRemoved' ? null : last;
      if (known === null && isRemoval) return;
      entries.push({
        position: entries.length + 1,
        recordedAt: time,
        previousBody: known?.body ?? null,
        type: known === null ? 'StanceChangeDetected' : isRemoval ? 'StanceChangeRemoved' : 'StanceChangeRevised',
        changeId,
        holder: holderOf(change),
        proposition: 'p1',
        method: { name: 'default', version: 1 },
        body: isRemoval && known !== null ? known.body : body(time),
        revision: known === null ? 0 : known.revision + 1,
        detectedAt: known?.detectedAt ?? time,
        previous: known?.position ?? null,
        replacedBy: null,
      });
    },
    replace() {
      epochs += 1;
      entries = [];
    },
    putBack(position) {
      entries = entries.slice(0, position);
    },
    head: () => entries.length,
    epoch: () => `feed-${String(epochs)}`,
    setAt(position) {
      const set = new Map<string, string>();
      for (const entry of entries.slice(0, position)) {
        if (entry.type === 'StanceChangeRemoved') set.delete(entry.changeId);
        else set.set(entry.changeId, JSON.stringify(toldEntry(entry)));
      }
      return set;
    },
  };
};
