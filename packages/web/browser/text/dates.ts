import type { ChangeAnswer } from '@stance/client';

import { dateOf, dayOf } from '../data/days.ts';
import type { Day } from '../data/days.ts';

/** As it stands in answers. */
type DateAnswer = ChangeAnswer['at'];

const inWords = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const instants = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const months = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const times = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** A day as the reader writes days. */
export const dayInWords = (day: Day): string => inWords.format(dateOf(day));

/** The month that a day is in. */
export const monthInWords = (day: Day): string => months.format(dateOf(day));

const aMonth = /^\d{4}-\d{2}$/;

/** Whether a date, as it is given, is a month. */
export const isMonth = (given: string): boolean => aMonth.test(given);

/** A date that may be vague: a day or a month in the reader's way, anything else as it was given. */
export const dateInWords = ({ edtf, earliest, latest }: DateAnswer): string => {
  const day = dayOf(earliest);
  if (day === null) return edtf;
  if (earliest === latest) return dayInWords(day);
  return isMonth(edtf) ? monthInWords(day) : edtf;
};

export const instantInWords = (iso: string): string => instants.format(new Date(iso));

export const timeInWords = (date: Date): string => times.format(date);
