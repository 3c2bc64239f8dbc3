import { survivorsOf } from '@stance/domain';
import type { Survivors } from '@stance/domain';
import type { MergeSpan } from '@stance/read-model';

import { survivingHistory } from '../surviving-history.ts';

/** The merges that hold from a position on. */
const holdingAt = (spans: readonly MergeSpan[], at: number): Survivors<number> =>
  survivorsOf(spans.filter(({ position, knownTo }) => position <= at && (knownTo === null || knownTo > at)));

/**
 * Where each history began, had every event been handled in its place: with its own first event, or with the first that
 * counted into it after merges.
 *
 * @param own the first events of what their holders said, by history.
 * @param spans all merges there ever were between these holders.
 */
export const historyBeginnings = (
  own: ReadonlyMap<number, number>,
  spans: readonly MergeSpan[],
): Map<number, number> => {
  const begun = new Map<number, number>();
  const begin = (history: number, position: number): void => {
    if (!begun.has(history)) begun.set(history, position);
  };
  const waiting = [...own].sort(([, a], [, b]) => b - a);
  const turns = new Set(
    spans.flatMap(({ position, knownTo }) => (knownTo === null ? [position] : [position, knownTo])),
  );
  let survivors = survivorsOf<number>([]);
  const goOnTo = (turn: number): void => {
    for (let next = waiting.at(-1); next !== undefined && next[1] < turn; next = waiting.at(-1)) {
      waiting.pop();
      const [history, position] = next;
      begin(history, position);
      begin(survivingHistory(survivors, history), position);
    }
  };
  for (const turn of [...turns].sort((a, b) => a - b)) {
    goOnTo(turn);
    survivors = holdingAt(spans, turn);
    // What is added meanwhile counts into itself.
    for (const history of begun.keys()) begin(survivingHistory(survivors, history), turn);
  }
  goOnTo(Infinity);
  return begun;
};
