import type { StanceChange } from '@stance/domain';
import { changeNo } from '@stance/read-model';

import type { MutableRow } from './batch-rows.ts';

const trackNumbers = { direction: 0, strength: 1 } as const;

/** The primary key of a change's row; `opened` is the position of its opening statement's first event. */
export const changeRowKey = (track: StanceChange['track'], opened: number): MutableRow => [
  changeNo(opened, trackNumbers[track]),
];

export const changeRow = (history: number, opened: number, change: StanceChange): MutableRow => {
  const { at, kind, status } = change;
  const track = trackNumbers[change.track];
  return [changeNo(opened, track), history, track, opened, at, kind, status, JSON.stringify(change)];
};
