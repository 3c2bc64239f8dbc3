import { foldHistory, tailOf } from '@stance/domain';
import type { KnownStatement, Method, StanceChange, Tail } from '@stance/domain';
import type { ChangeRow } from '@stance/read-model';

import type { GatheredHistory } from './known-histories.ts';

export const trackNames = ['direction', 'strength'] as const;

export interface FoldedChange {
  readonly track: StanceChange['track'];
  /** The position of the opening statement's first event. */
  readonly opened: number;
  /** `null`: the change is no more. */
  readonly change: StanceChange | null;
}

export interface FoldResult {
  readonly tail: Tail | null;
  readonly failure: string | null;
  /** Where the changes differ from those stored. */
  readonly changes: readonly FoldedChange[];
}

/** What was taken back is folded twice, once as if it had not been: no tail tells both. */
const tailOfAll = (statements: readonly KnownStatement[], method: Method): Tail | null =>
  statements.some(({ disownedBy }) => disownedBy !== null) ? null : tailOf(statements, method);

const fold = (statements: readonly KnownStatement[], method: Method) => {
  try {
    return { changes: foldHistory(statements, method).changes, tail: tailOfAll(statements, method), failure: null };
  } catch (error) {
    // Only this history is lost until the program is mended; it says so, and everything else goes on.
    return { changes: [], tail: null, failure: error instanceof Error ? error.message : String(error) };
  }
};

/** Folds all that is known of a history, and compares its changes with those that the read model holds. */
export const foldGathered = (
  { versions, statements, failure: unread }: GatheredHistory,
  stored: readonly ChangeRow[],
  method: Method,
): FoldResult => {
  const { changes, tail, failure } =
    statements === null ? { changes: [], tail: null, failure: unread } : fold(statements, method);
  const firstPositions = new Map(versions.map(({ id, firstPosition }) => [id, firstPosition]));
  const storedBodies = new Map(stored.map((row) => [`${trackNames[row.track] ?? ''} ${String(row.opened)}`, row]));
  const different: FoldedChange[] = [];
  for (const change of changes) {
    const opened = firstPositions.get(change.openedBy);
    if (opened === undefined) throw new Error(`statement ${change.openedBy} opened a change, but is not known`);
    const key = `${change.track} ${String(opened)}`;
    const before = storedBodies.get(key);
    storedBodies.delete(key);
    if (before?.body !== JSON.stringify(change)) different.push({ track: change.track, opened, change });
  }
  for (const { track, opened } of storedBodies.values()) {
    const name = trackNames[track];
    if (name !== undefined) different.push({ track: name, opened, change: null });
  }
  return { tail, failure, changes: different };
};

/** A history that counts into another one by now: it has no changes, and no tail. */
export const nothingFolded: GatheredHistory = { versions: [], statements: [], failure: null };
