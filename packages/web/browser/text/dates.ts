import type { ChangeAnswer } from '@stance/client';

import { dateOf, dayOf } from '../data/days.ts';
import type { Day } from '../data/days.ts';

/** As it stands in answers. */
type DateAnswer = ChangeAnswer['at'];

const inWords = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const instants = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const times = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** A day as the reader writes days. */
export const dayInWords = (day: Day): string => inWords.format(dateOf(day));

/** A date that may be vague: one day in the reader's way, anything else as it was given. */
export const dateInWords = ({ edtf, earliest, latest }: DateAnswer): string => {
  const day = dayOf(earliest);
  return day !== null && earliest === latest ? dayInWords(day) : edtf;
};

export const instantInWords = (iso: string): string => instants.format(new Date(iso));

export const timeInWords = (date: Date): string => times.format(date);
