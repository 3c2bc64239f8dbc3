import { text } from '../../text/index.ts';
import { isDay, isPosition, whenInWords } from '../../text/when.ts';

/** When something was known, as a title of what was known then. */
export const knownOn = (knownAt: string | undefined): string =>
  knownAt === undefined
    ? text.between.knownNow
    : isPosition(knownAt)
      ? text.between.knownAt(whenInWords(knownAt))
      : text.between.known(whenInWords(knownAt));

/** Whether the first lies before the second, where that can be told of what they are; the service judges the rest. */
export const isBefore = (first: string, second: string | undefined): boolean => {
  if (second === undefined) return true;
  if (isPosition(first) && isPosition(second)) return Number(first) < Number(second);
  return !(isDay(first) && isDay(second)) || first < second;
};
