import type { StanceChange } from '@stance/domain';

import type { MutableRow } from './batch-rows.ts';

const trackNumbers = { direction: 0, strength: 1 } as const;

/** The primary key of a change's row; `opened` is the position of its opening statement's first event. */
export const changeRowKey = (history: number, track: StanceChange['track'], opened: number): MutableRow => [
  history,
  trackNumbers[track],
  opened,
];

export const changeRow = (history: number, opened: number, change: StanceChange): MutableRow => [
  ...changeRowKey(history, change.track, opened),
  change.at,
  change.kind,
  change.status,
  JSON.stringify(change),
];
