import { isoOf, lastDayOf } from '../data/days.ts';
import { dayInWords, instantInWords, isMonth, monthInWords } from './dates.ts';
import { text } from './index.ts';

const aDay = /^\d{4}-\d{2}-\d{2}$/;
const anInstant = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;
const aPosition = /^\d+$/;

/** Whether what an address says is a day. */
export const isDay = (given: string): boolean => aDay.test(given);

/** Whether it is a position of the log. */
export const isPosition = (given: string): boolean => aPosition.test(given);

/** A day or a month that an address gives, as the reader writes such; anything else as it was given. */
export const saidByInWords = (at: string): string => {
  const day = lastDayOf(at);
  // There is no 30 February, and no month 13.
  if (day === null || !isoOf(day).startsWith(at)) return at;
  if (isDay(at)) return dayInWords(day);
  return isMonth(at) ? monthInWords(day) : at;
};

/** When something was known, as the address says it: a day, a position of the log, or an instant. */
export const whenInWords = (knownAt: string | undefined): string => {
  if (knownAt === undefined) return text.between.now;
  if (isPosition(knownAt)) return text.between.position(knownAt);
  if (isDay(knownAt)) return saidByInWords(knownAt);
  return anInstant.test(knownAt) && !Number.isNaN(Date.parse(knownAt)) ? instantInWords(knownAt) : knownAt;
};
