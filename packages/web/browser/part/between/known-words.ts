import { dayOf } from '../../data/days.ts';
import { dayInWords, instantInWords } from '../../text/dates.ts';
import { text } from '../../text/index.ts';

const aDay = /^\d{4}-\d{2}-\d{2}$/;
const aPosition = /^\d+$/;

export const isDay = (knownAt: string): boolean => aDay.test(knownAt);

/** When something was known, as the address says it: a day, a position of the log, or an instant. */
export const whenInWords = (knownAt: string | undefined): string => {
  if (knownAt === undefined) return text.between.now;
  if (aPosition.test(knownAt)) return text.between.position(knownAt);
  const day = isDay(knownAt) ? dayOf(knownAt) : null;
  if (day !== null) return dayInWords(day);
  return Number.isNaN(Date.parse(knownAt)) ? knownAt : instantInWords(knownAt);
};

/** The same as a title of what was known then. */
export const knownOn = (knownAt: string | undefined): string =>
  knownAt === undefined
    ? text.between.knownNow
    : aPosition.test(knownAt)
      ? text.between.knownAt(whenInWords(knownAt))
      : text.between.known(whenInWords(knownAt));

/** Whether the first lies before the second, where that can be told of what they are; the service judges the rest. */
export const isBefore = (first: string, second: string | undefined): boolean => {
  if (second === undefined) return true;
  if (aPosition.test(first) && aPosition.test(second)) return Number(first) < Number(second);
  return !(isDay(first) && isDay(second)) || first < second;
};
