import type { ListedChange } from '@stance/client';

import { dayOf } from './days.ts';
import type { Day } from './days.ts';

/** What of a change may be told otherwise, in the order in which it is named. */
export const aspects = ['status', 'kind', 'from', 'to', 'at', 'confirmedAt', 'withdrawnAt'] as const;

export type Aspect = (typeof aspects)[number];

/** What became of one change between two states of knowledge. */
export type Difference =
  | { readonly mark: 'new'; readonly now: ListedChange }
  | { readonly mark: 'gone'; readonly before: ListedChange }
  | {
      readonly mark: 'otherwise';
      readonly before: ListedChange;
      readonly now: ListedChange;
      readonly aspects: readonly Aspect[];
    };

/** The changes known at one time: all of them, or those of the latest days. */
export interface KnownChanges {
  readonly changes: readonly ListedChange[];
  /** Whether older ones were left out. */
  readonly isCut: boolean;
}

/** A change has a `to` at least, and lies on a day. */
const dayOfChange = (change: ListedChange): Day => dayOf(change.at.earliest) ?? Number.NEGATIVE_INFINITY;

/** The last day of which a set may lack a change; `null`: it lacks none. */
const cutOf = ({ changes, isCut }: KnownChanges): Day | null =>
  isCut ? changes.reduce((least, change) => Math.min(least, dayOfChange(change)), Number.POSITIVE_INFINITY) : null;

/** The day up to which nothing can be told of the difference, since one of the sets was cut off there; `null`: none. */
export const unknownUntil = (before: KnownChanges, now: KnownChanges): Day | null => {
  const cuts = [cutOf(before), cutOf(now)].filter((day) => day !== null);
  return cuts.length === 0 ? null : Math.max(...cuts);
};

const inShort = (change: ListedChange, aspect: Aspect): string => {
  switch (aspect) {
    case 'status':
    case 'kind':
      return change[aspect];
    case 'from':
    case 'to': {
      const side = change[aspect];
      return side === null ? '' : `${side.direction} ${side.strength ?? ''}`;
    }
    case 'at':
    case 'confirmedAt':
    case 'withdrawnAt':
      return change[aspect]?.edtf ?? '';
  }
};

/** In what two tellings of one change differ. */
export const differingAspects = (before: ListedChange, now: ListedChange): readonly Aspect[] =>
  aspects.filter((aspect) => inShort(before, aspect) !== inShort(now, aspect));

/**
 * What differs between two sets of changes, by change id: what is known now in its order, then what is gone. Where a set was
 * cut off, days of which it may lack something are left out; a change that is in both is compared all the same.
 */
export const differencesOf = (before: KnownChanges, now: KnownChanges): readonly Difference[] => {
  const until = unknownUntil(before, now) ?? Number.NEGATIVE_INFINITY;
  const isTold = (change: ListedChange): boolean => until === Number.NEGATIVE_INFINITY || dayOfChange(change) > until;
  const former = new Map(before.changes.map((change) => [change.id, change]));
  const differences: Difference[] = [];
  for (const change of now.changes) {
    const known = former.get(change.id);
    former.delete(change.id);
    if (known === undefined) {
      if (isTold(change)) differences.push({ mark: 'new', now: change });
      continue;
    }
    const differing = differingAspects(known, change);
    if (differing.length > 0 && (isTold(known) || isTold(change)))
      differences.push({ mark: 'otherwise', before: known, now: change, aspects: differing });
  }
  for (const change of former.values()) if (isTold(change)) differences.push({ mark: 'gone', before: change });
  return differences;
};

/** What differs in one history. */
export interface HistoryDifference {
  readonly holder: string;
  readonly holderName: string;
  readonly proposition: string;
  readonly propositionText: string;
  readonly differences: readonly Difference[];
}

/** The change as it is told last. */
export const toldLast = (difference: Difference): ListedChange =>
  difference.mark === 'gone' ? difference.before : difference.now;

/** By history; the one with the latest change first, and so within each. */
export const byHistory = (differences: readonly Difference[]): readonly HistoryDifference[] => {
  const inOrder = differences.toSorted((a, b) => dayOfChange(toldLast(b)) - dayOfChange(toldLast(a)));
  const histories = Map.groupBy(inOrder, (difference) => {
    const { holder, proposition } = toldLast(difference);
    return `${holder} ${proposition}`;
  });
  return [...histories.values()].flatMap((list) => {
    const [first] = list;
    if (first === undefined) return [];
    const { holder, holderName = holder, proposition, propositionText = proposition } = toldLast(first);
    return [{ holder, holderName, proposition, propositionText, differences: list }];
  });
};
