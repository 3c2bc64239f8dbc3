import type { ChangeAnswer } from '@stance/client';

import { dateOf, dayOf } from '../data/days.ts';
import { dateInWords, dayInWords } from './dates.ts';
import { text } from './index.ts';

const inWords = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** From one day to another, both given: `2024-06-05/2024-06-08`; or by a day: `../2024-06-08`. */
const days = /^\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2}$/;
const by = /^\.\.\/\d{4}-\d{2}-\d{2}$/;

/** A date that may span days as the reader writes such; what is vague in another way as it was given. */
export const spanInWords = (date: ChangeAnswer['at']): string => {
  const [from, to] = [dayOf(date.earliest), dayOf(date.latest)];
  if (to !== null && by.test(date.edtf)) return text.history.by(dayInWords(to));
  return from !== null && to !== null && days.test(date.edtf)
    ? inWords.formatRange(dateOf(from), dateOf(to))
    : dateInWords(date);
};
