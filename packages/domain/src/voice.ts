import type { Account } from './account.ts';
import type { Day } from './day.ts';
import type { EvidenceRow } from './evidence.ts';
import { speakingAccounts } from './moment.ts';
import type { Moment } from './moment.ts';
import type { Voice } from './open-step.ts';

const rowsOf = (
  accounts: readonly Account[],
  day: Day,
  isFor: (account: Account) => boolean,
  side: number,
  against: number,
): EvidenceRow[] => {
  const rows: EvidenceRow[] = [];
  for (const account of accounts) {
    if (account[3] > 0) rows.push([account[0], account[3], day, isFor(account) ? side : against]);
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
    rowsOf(
      speakingAccounts(moment),
      moment.day,
      (account) => moment.divided || account[2] === moment.direction,
      side,
      against,
    ),
});

/** The accounts of a moment's direction that say how strongly: all others say nothing of its strength. */
export const statingStrength = (moment: Moment): Account[] =>
  speakingAccounts(moment).filter((account) => account[2] === moment.direction && (account[6] ?? -1) !== -1);

/** What a moment says of the strength of its direction. */
export const bandVoice = (moment: Moment): Voice => ({
  day: moment.day,
  openedBy: moment.openedBy,
  value: moment.band,
  weight: moment.bandWeight,
  contested: moment.contested,
  strong: moment.bandStrong,
  rows: (side, against) =>
    rowsOf(statingStrength(moment), moment.day, (account) => account[6] === moment.band, side, against),
});
