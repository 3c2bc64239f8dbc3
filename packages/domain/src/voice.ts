import type { Account } from './account.ts';
import type { EvidenceRow } from './evidence.ts';
import { speakingAccounts } from './moment.ts';
import type { Moment } from './moment.ts';
import type { Voice } from './open-step.ts';

const rowsOf = (moment: Moment, isFor: (account: Account) => boolean, side: number, against: number): EvidenceRow[] => {
  const rows: EvidenceRow[] = [];
  for (const account of speakingAccounts(moment)) {
    if (account[3] > 0) rows.push([account[0], account[3], moment.day, isFor(account) ? side : against]);
  }
  return rows;
};

/** What a moment says of the direction. Where it is mixed by division, all of it speaks for that. */
export const directionVoice = (moment: Moment): Voice => ({
  day: moment.day,
  openedBy: moment.openedBy,
  value: moment.direction,
  weight: moment.weight,
  contested: moment.contested,
  strong: moment.strong,
  rows: (side, against) =>
    rowsOf(moment, (account) => moment.divided || account[2] === moment.direction, side, against),
});

/** What a moment says of the strength of its direction. */
export const bandVoice = (moment: Moment): Voice => ({
  day: moment.day,
  openedBy: moment.openedBy,
  value: moment.band,
  weight: moment.bandWeight,
  contested: moment.contested,
  strong: moment.bandStrong,
  rows: (side, against) =>
    rowsOf(moment, (account) => account[2] === moment.direction && account[6] === moment.band, side, against),
});
