import { changeId } from '@stance/contracts';
import type { StanceChange } from '@stance/domain';

import { changeOf } from './difference.ts';
import type { CurrentChanges } from './difference.ts';
import type { NewFeedEntry } from './feed-entry.ts';
import { createSuccessors } from './successors.ts';
import type { Successors } from './successors.ts';

/** A history's changes as they are now, and who answers for its holder. */
export interface HeldChanges extends CurrentChanges {
  readonly survivor: string;
}

/** What is published of one history. */
export interface HistoryEntries {
  readonly history: HeldChanges;
  readonly entries: readonly NewFeedEntry[];
}

const nameOf = (proposition: string, holder: string): string => JSON.stringify([proposition, holder]);

const openingOf = (proposition: string, { track, openedBy }: StanceChange): string =>
  JSON.stringify([proposition, track, openedBy]);

const currentOf = ({ holder, proposition, method, changes }: CurrentChanges): (readonly [string, StanceChange])[] =>
  changes.map((body) => {
    const change = changeOf(body);
    const { track, openedBy } = change;
    return [changeId({ method: method.name, holder, proposition, track, openedBy }), change];
  });

/**
 * Leads from the changes that a merge, or its end, takes from one holder to those of another that stand in their place:
 * best the one of the same opening statement, which is one holder's at a time; else, for a holder merged away, the same
 * step of the survivor.
 */
export const followHolders = (published: readonly HistoryEntries[]): NewFeedEntry[] => {
  const all = published.flatMap(({ entries }) => entries);
  if (!all.some(({ type }) => type === 'StanceChangeRemoved')) return all;
  const reopened = new Map<string, string>();
  for (const { type, proposition, body, changeId: id } of all) {
    if (type === 'StanceChangeDetected') reopened.set(openingOf(proposition, changeOf(body)), id);
  }
  const histories = new Map(published.map(({ history }) => [nameOf(history.proposition, history.holder), history]));
  /** The changes of the survivor that may stand for those of a holder merged away. */
  const survivorsChanges = ({ holder, proposition, survivor }: HeldChanges): Successors => {
    const other = survivor === holder ? undefined : histories.get(nameOf(proposition, survivor));
    return createSuccessors(other === undefined ? [] : currentOf(other));
  };
  return published.flatMap(({ history, entries }) => {
    let ofSurvivor: Successors | undefined;
    return entries.map((entry) => {
      if (entry.type !== 'StanceChangeRemoved') return entry;
      const removed = changeOf(entry.body);
      const replacedBy =
        reopened.get(openingOf(history.proposition, removed)) ??
        entry.replacedBy ??
        (ofSurvivor ??= survivorsChanges(history)).of(removed);
      return replacedBy === entry.replacedBy ? entry : { ...entry, replacedBy };
    });
  });
};
