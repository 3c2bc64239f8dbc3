import type { ChangeAnswer, ListedChange } from '@stance/client';

import { dayOf } from './days.ts';
import type { Day } from './days.ts';

export type Direction = ChangeAnswer['to']['direction'];
export type Strength = ChangeAnswer['to']['strength'];

/** A time for which a stance held. */
export interface Span {
  readonly direction: Direction;
  readonly strength: Strength;
  readonly from: Day;
  /** The day on which the next one begins; `null`: it lasts. */
  readonly to: Day | null;
  /** `provisional`: a change that nothing has confirmed yet. */
  readonly status: 'confirmed' | 'provisional';
  readonly contested?: boolean;
}

/** One holder's stance on one proposition over time. */
export interface Band {
  readonly holder: string;
  readonly holderName: string;
  readonly proposition: string;
  readonly propositionText: string;
  /** Those that are confirmed do not overlap; a provisional one stands over them. */
  readonly spans: readonly Span[];
  /** Days on which a change began that came to nothing. */
  readonly withdrawn: readonly Day[];
  readonly changes: readonly ListedChange[];
}

const opened = (change: ListedChange): Day | null => dayOf(change.at.earliest);

const byDay = (a: ListedChange, b: ListedChange): number => (opened(a) ?? 0) - (opened(b) ?? 0);

/** Of one history: each confirmed change ends what was before it, of either track. */
const spansOf = (changes: readonly ListedChange[]): Span[] => {
  const spans: { -readonly [Key in keyof Span]: Span[Key] }[] = [];
  for (const change of changes) {
    const from = opened(change);
    if (from === null || change.status !== 'confirmed') continue;
    const last = spans.at(-1);
    if (last !== undefined) last.to = from;
    spans.push({ ...change.to, from, to: null, status: 'confirmed' });
  }
  for (const change of changes) {
    const from = opened(change);
    if (from === null || change.status !== 'provisional') continue;
    spans.push({ ...change.to, from, to: null, status: 'provisional' });
  }
  return spans;
};

/** The changes by history, those of the latest change first. What depends on a condition is no stance, and left out. */
export const bandsOf = (changes: readonly ListedChange[]): Band[] => {
  const byHistory = new Map<string, ListedChange[]>();
  for (const change of changes) {
    if (change.condition !== undefined) continue;
    const key = `${change.holder} ${change.proposition}`;
    const known = byHistory.get(key);
    if (known === undefined) byHistory.set(key, [change]);
    else known.push(change);
  }
  return [...byHistory.values()].map((list) => {
    const inOrder = list.toSorted(byDay);
    const [first] = list as [ListedChange];
    const { holder, holderName = holder, proposition, propositionText = proposition } = first;
    const withdrawn = inOrder.flatMap((change) => (change.status === 'withdrawn' ? (opened(change) ?? []) : []));
    return { holder, holderName, proposition, propositionText, spans: spansOf(inOrder), withdrawn, changes: inOrder };
  });
};

/** The first and the last day that is to be seen. */
export const extentOf = (bands: readonly Band[], until: Day): readonly [Day, Day] => {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { spans, withdrawn } of bands) {
    for (const { from } of spans) {
      first = Math.min(first, from);
      last = Math.max(last, from);
    }
    for (const day of withdrawn) {
      first = Math.min(first, day);
      last = Math.max(last, day);
    }
  }
  if (first > last) return [until - 365, until];
  // What lasts is seen to go on.
  const end = Math.max(last, until);
  return [first, end === first ? first + 1 : end];
};
