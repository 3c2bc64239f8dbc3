import { setImmediate as nextTurn } from 'node:timers/promises';

import type { TableRowsReader } from '@stance/read-model';

/** A change as the set of changes has it; `body` is its JSON. */
export interface ComparedChange {
  readonly kind: string;
  readonly status: string;
  readonly body: string;
}

/** A history whose changes two versions of the read model have differently: those changes that differ. */
export interface DifferingHistory {
  readonly holder: string;
  readonly proposition: string;
  readonly before: readonly ComparedChange[];
  readonly after: readonly ComparedChange[];
}

export interface HistoryDifferences {
  /** Where both versions are. */
  readonly position: number;
  /** How many changes each has. */
  readonly changes: { readonly before: number; readonly after: number };
  /** How many changes differ, one that only one version has included. */
  readonly differing: number;
  /** The histories they belong to, in the order of the log, at most as many as were asked for. */
  readonly histories: readonly DifferingHistory[];
  /** Whether there are more of them. */
  readonly more: boolean;
}

interface PlacedChange extends ComparedChange {
  readonly holder: string;
  readonly proposition: string;
  readonly opened: number;
  readonly track: number;
}

/** The columns of a row of `changes` by its natural keys. */
type ChangeColumns = [
  holder: string,
  proposition: string,
  track: number,
  opened: number,
  day: number,
  kind: string,
  status: string,
  body: string,
];

const placed = (text: string): PlacedChange => {
  const [holder, proposition, track, opened, , kind, status, body] = JSON.parse(text) as ChangeColumns;
  return { holder, proposition, track, opened, kind, status, body };
};

/** Reading must not keep the thread from its other work for long. */
const rowsPerTurn = 500;

const createReading = (reader: TableRowsReader) => {
  const rows = reader.rows('changes')[Symbol.asyncIterator]();
  let count = 0;
  return {
    count: () => count,
    async next(): Promise<{ readonly text: string; readonly change: PlacedChange } | null> {
      const next: IteratorResult<string, undefined> = await rows.next();
      if (next.done === true) return null;
      const { value } = next;
      count += 1;
      if (count % rowsPerTurn === 0) await nextTurn();
      return { text: value, change: placed(value) };
    },
    end: () => rows.return?.(),
  };
};

const isBefore = (a: PlacedChange, b: PlacedChange): boolean =>
  a.opened < b.opened || (a.opened === b.opened && a.track < b.track);

/** Compares the changes of two versions of the read model at one position. Holds no more than the differences in memory. */
export const differingHistories = async (
  before: TableRowsReader,
  after: TableRowsReader,
  limit: number,
): Promise<HistoryDifferences> => {
  const sides = { before: createReading(before), after: createReading(after) };
  const histories = new Map<string, { before: ComparedChange[]; after: ComparedChange[] }>();
  let differing = 0;
  let more = false;
  const note = (side: 'before' | 'after', { holder, proposition, kind, status, body }: PlacedChange): void => {
    const name = JSON.stringify([holder, proposition]);
    let history = histories.get(name);
    if (history === undefined) {
      if (histories.size >= limit) {
        more = true;
        return;
      }
      histories.set(name, (history = { before: [], after: [] }));
    }
    history[side].push({ kind, status, body });
  };

  try {
    let [left, right] = [await sides.before.next(), await sides.after.next()];
    while (left !== null || right !== null) {
      const isLeft = right === null || (left !== null && isBefore(left.change, right.change));
      const isRight = left === null || (right !== null && isBefore(right.change, left.change));
      const isSame = !isLeft && !isRight && left?.text === right?.text;
      if (!isSame) {
        differing += 1;
        if (!isRight && left !== null) note('before', left.change);
        if (!isLeft && right !== null) note('after', right.change);
      }
      if (!isRight) left = await sides.before.next();
      if (!isLeft) right = await sides.after.next();
    }
  } finally {
    await sides.before.end();
    await sides.after.end();
  }
  return {
    position: before.checkpoint.position,
    changes: { before: sides.before.count(), after: sides.after.count() },
    differing,
    histories: [...histories].map(([name, differences]) => {
      const [holder, proposition] = JSON.parse(name) as [string, string];
      return { holder, proposition, ...differences };
    }),
    more,
  };
};
