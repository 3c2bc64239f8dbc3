import { dayOf } from '../data/days.ts';
import { dayInWords, instantInWords } from './dates.ts';
import { text } from './index.ts';

const aDay = /^\d{4}-\d{2}-\d{2}$/;
const aPosition = /^\d+$/;

/** Whether what an address says is a day. */
export const isDay = (given: string): boolean => aDay.test(given);

/** Whether it is a position of the log. */
export const isPosition = (given: string): boolean => aPosition.test(given);

/** A day that an address gives, as the reader writes days; anything else as it was given. */
export const saidByInWords = (at: string): string => {
  const day = isDay(at) ? dayOf(at) : null;
  return day === null ? at : dayInWords(day);
};

/** When something was known, as the address says it: a day, a position of the log, or an instant. */
export const whenInWords = (knownAt: string | undefined): string => {
  if (knownAt === undefined) return text.between.now;
  if (isPosition(knownAt)) return text.between.position(knownAt);
  if (isDay(knownAt)) return saidByInWords(knownAt);
  return Number.isNaN(Date.parse(knownAt)) ? knownAt : instantInWords(knownAt);
};
