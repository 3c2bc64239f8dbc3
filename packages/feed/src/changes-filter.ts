import type { StanceChange } from '@stance/domain';

import type { FeedEntryType } from './feed-entry.ts';

/** Which changes somebody asks for; `null` where it does not matter. Days are counted from 1970-01-01. */
export interface ChangesFilter {
  readonly holder: string | null;
  readonly proposition: string | null;
  readonly kinds: readonly string[] | null;
  readonly statuses: readonly string[] | null;
  readonly from: number | null;
  readonly to: number | null;
}

/** An entry of the feed, as far as filters look at it. */
export interface FilteredEntry {
  readonly type: FeedEntryType;
  readonly holder: string;
  readonly proposition: string;
  readonly change: StanceChange;
  /** As the entry before it had it; `null` at the detection. */
  readonly previous: () => StanceChange | null;
}

/**
 * What an entry is to whoever holds the set of changes that match a filter: one more, another state of one, or one less,
 * because its ground has gone or because it does not match any more.
 */
export type ChangeNews = 'detected' | 'revised' | 'gone' | 'no-match';

export interface ChangesMatch {
  /** Whether all changes match that there are. */
  readonly all: boolean;
  /** Whether a change is in the set. @param survivor who answers for the holder of the filter; `null` where it has none. */
  holds(entry: Pick<FilteredEntry, 'holder' | 'proposition' | 'change'>, survivor: string | null): boolean;
  /** `null`: the entry is nothing to the set. */
  newsOf(entry: FilteredEntry, survivor: string | null): ChangeNews | null;
}

const newsOfWide: Readonly<Record<FeedEntryType, ChangeNews>> = {
  StanceChangeDetected: 'detected',
  StanceChangeRevised: 'revised',
  StanceChangeRemoved: 'gone',
};

export const createChangesMatch = ({ holder, proposition, kinds, statuses, from, to }: ChangesFilter): ChangesMatch => {
  const isWide = kinds === null && statuses === null && from === null && to === null;

  // All that counts for an actor is published as the survivor's.
  const concerns = (entry: Pick<FilteredEntry, 'holder' | 'proposition'>, survivor: string | null): boolean =>
    (holder === null || entry.holder === survivor) && (proposition === null || entry.proposition === proposition);
  const fits = (change: StanceChange): boolean =>
    (kinds === null || kinds.includes(change.kind)) &&
    (statuses === null || statuses.includes(change.status)) &&
    (from === null || change.at >= from) &&
    (to === null || change.at <= to);

  return {
    all: isWide && holder === null && proposition === null,
    holds: (entry, survivor) => concerns(entry, survivor) && fits(entry.change),
    newsOf(entry, survivor) {
      const { type } = entry;
      if (!concerns(entry, survivor)) return null;
      if (isWide) return newsOfWide[type];
      const previous = type === 'StanceChangeDetected' ? null : entry.previous();
      const fitted = previous !== null && fits(previous);
      if (type === 'StanceChangeRemoved') return fitted ? 'gone' : null;
      if (fits(entry.change)) return fitted ? 'revised' : 'detected';
      return fitted ? 'no-match' : null;
    },
  };
};
