import { setImmediate as yieldToOthers } from 'node:timers/promises';

import type { StanceChange } from '@stance/domain';
import type { ChangeKey, ChangeRow, ChangesFound, ReadModel } from '@stance/read-model';

import { compareChangeKeys, firstAfter } from './change-order.ts';
import type { ChangesScope, PlacedChange, RefoldedChanges } from './refolded-changes.ts';

export interface ChangesQuery extends ChangesScope {
  readonly kinds: readonly string[] | null;
  readonly statuses: readonly string[] | null;
  readonly from: number | null;
  readonly to: number | null;
}

export interface ChangesPiece {
  readonly items: readonly PlacedChange[];
  /** Where the rest begins; `null` where there is none. */
  readonly next: ChangeKey | null;
}

const none = { until: 0, changes: [] as readonly PlacedChange[] };

const placedChange = ({ history, day, track, opened, body }: ChangeRow): PlacedChange => ({
  history,
  day,
  track,
  opened,
  change: JSON.parse(body) as StanceChange,
});

const matches =
  ({ kinds, statuses, from, to }: ChangesQuery) =>
  ({ day, change }: PlacedChange): boolean =>
    (kinds === null || kinds.includes(change.kind)) &&
    (statuses === null || statuses.includes(change.status)) &&
    (from === null || day >= from) &&
    (to === null || day <= to);

/** The next items of a sorted list that match, as many as are wanted, none of them after `last`. */
const nextOf = (
  items: readonly PlacedChange[],
  query: ChangesQuery,
  after: ChangeKey | null,
  last: ChangeKey | null,
  limit: number,
): PlacedChange[] => {
  const found: PlacedChange[] = [];
  const fits = matches(query);
  for (let index = firstAfter(items, after); index < items.length && found.length < limit; index += 1) {
    const item = items[index];
    if (item === undefined || (last !== null && compareChangeKeys(item, last) > 0)) break;
    if (fits(item)) found.push(item);
  }
  return found;
};

/** A page of a list that is there as a whole. */
export const pageOf = (
  items: readonly PlacedChange[],
  query: ChangesQuery,
  after: ChangeKey | null,
  limit: number,
): ChangesPiece => {
  // One more than wanted tells whether there is another page.
  const found = nextOf(items, query, after, null, limit + 1);
  const page = found.slice(0, limit);
  return { items: page, next: found.length > limit ? (page.at(-1) ?? null) : null };
};

/** Gives the set of changes, in list order. */
export interface ChangesSource {
  /** A page that is full where there is enough to fill it. @throws the signal's reason once that is aborted. */
  page(query: ChangesQuery, after: ChangeKey | null, limit: number, signal: AbortSignal): Promise<ChangesPiece>;
}

/**
 * The set of changes as of a position, in list order: of histories that nothing has touched since, the rows of the read
 * model; of the others, what a new fold gives.
 */
export const createChangesSource = (options: {
  readonly readModel: ReadModel;
  readonly refolded: RefoldedChanges;
}): ChangesSource => {
  const { readModel, refolded } = options;

  /** One look: `null` where histories were touched that `refolded` does not have yet. */
  const look = (
    query: ChangesQuery,
    until: number,
    after: ChangeKey | null,
    limit: number,
  ): Promise<ChangesFound | null> =>
    readModel.read(async (snapshot) => {
      const { knownAt } = query;
      const isNow = snapshot.checkpoint.position === knownAt;
      if (!isNow && snapshot.checkpoint.position > until) {
        const page = { ...query, after: { lastPosition: until, history: Number.MAX_SAFE_INTEGER }, limit: 1 };
        if ((await snapshot.historiesTouched(page)).length > 0) return null;
      }
      return snapshot.changes({ ...query, untouchedAfter: isNow ? null : knownAt, after, limit });
    });

  const piece = async (
    query: ChangesQuery,
    after: ChangeKey | null,
    limit: number,
    signal: AbortSignal,
  ): Promise<ChangesPiece> => {
    let anew: { readonly until: number; readonly changes: readonly PlacedChange[] } = { ...none, until: query.knownAt };
    let found = await look(query, anew.until, after, limit);
    while (found === null) {
      anew = await refolded.of(query, signal);
      signal.throwIfAborted();
      found = await look(query, anew.until, after, limit);
    }
    const { rows, more } = found;
    const items = [...rows.map(placedChange), ...nextOf(anew.changes, query, after, more, limit)].sort(
      compareChangeKeys,
    );
    if (items.length <= limit) return { items, next: more };
    const page = items.slice(0, limit);
    return { items: page, next: page.at(-1) ?? null };
  };

  return {
    page: async (query, after, limit, signal) => {
      const items: PlacedChange[] = [];
      let next = after;
      // One more than wanted tells whether there is another page.
      while (items.length <= limit) {
        const found = await piece(query, next, limit + 1 - items.length, signal);
        items.push(...found.items);
        ({ next } = found);
        if (next === null) break;
        await yieldToOthers();
      }
      const page = items.slice(0, limit);
      return { items: page, next: items.length > limit ? (page.at(-1) ?? null) : null };
    },
  };
};
