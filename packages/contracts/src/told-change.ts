import { formatDay } from '@stance/domain';
import type { Day, StanceChange } from '@stance/domain';

import type { DateAnswer } from './api/reading/date.ts';
import type { PublishedChangeAnswer } from './api/reading/published-change.ts';

/** A day as every way out tells it. */
export const dayAnswer = (day: Day): DateAnswer => {
  const text = formatDay(day);
  return { edtf: text, earliest: text, latest: text };
};

/** What a change itself says. */
export type ToldChange = Pick<
  PublishedChangeAnswer,
  | 'track'
  | 'kind'
  | 'from'
  | 'to'
  | 'at'
  | 'confirmedAt'
  | 'withdrawnAt'
  | 'status'
  | 'openedBy'
  | 'condition'
  | 'disownedBy'
>;

/** A change as every way out tells it, but for whose it is, what it rests on and what was published of it. */
export const toldChange = (change: StanceChange): ToldChange => {
  const { track, kind, from, to, at, confirmedAt, withdrawnAt, status, openedBy, condition, disownedBy } = change;
  return {
    track,
    kind,
    from,
    to,
    at: dayAnswer(at),
    ...(confirmedAt === null ? {} : { confirmedAt: dayAnswer(confirmedAt) }),
    ...(withdrawnAt === null ? {} : { withdrawnAt: dayAnswer(withdrawnAt) }),
    status,
    openedBy,
    ...(condition === undefined ? {} : { condition }),
    ...(disownedBy === undefined ? {} : { disownedBy }),
  };
};
