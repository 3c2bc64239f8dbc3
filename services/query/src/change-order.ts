import type { ChangeKey } from '@stance/read-model';

/** The order of the list of changes: newest day first; within a day backwards by history, track and opening. */
export const compareChangeKeys = (a: ChangeKey, b: ChangeKey): number =>
  b.day - a.day || b.history - a.history || b.track - a.track || b.opened - a.opened;

export const changeKeyOf = (parts: readonly number[]): ChangeKey => {
  const [day = 0, history = 0, track = 0, opened = 0] = parts;
  return { day, history, track, opened };
};

export const changeKeyParts = ({ day, history, track, opened }: ChangeKey): number[] => [day, history, track, opened];

/** The index of the first item of a sorted list that comes after a key. */
export const firstAfter = (items: readonly ChangeKey[], key: ChangeKey | null): number => {
  if (key === null) return 0;
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && compareChangeKeys(item, key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
};
