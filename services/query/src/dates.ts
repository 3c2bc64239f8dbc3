import { dayAnswer, ProblemError } from '@stance/contracts';
import type { DateAnswer } from '@stance/contracts';
import { DateError, dayOf, daysOf, formatDay } from '@stance/domain';
import type { Day, DayInterval } from '@stance/domain';

export { dayAnswer };

/** A date as it was given, and the days it spans. */
export const dateAnswer = (edtf: string, { earliest, latest }: DayInterval): DateAnswer => ({
  edtf,
  earliest: earliest === null ? null : formatDay(earliest),
  latest: latest === null ? null : formatDay(latest),
});

/** Later than every day that can be written. */
const noEnd: Day = 1e12;

/** What is wrong with a parameter, as a problem that names it. */
export const invalidParameter = (name: string, message: string, cause?: unknown): ProblemError =>
  new ProblemError('invalid-input', {
    detail: `The query string is not valid: ${name}: ${message}.`,
    errors: [{ path: name, message }],
    cause,
  });

/** @throws ProblemError `invalid-input` naming the parameter. */
export const parseDateParameter = (name: string, text: string): DayInterval => {
  try {
    return daysOf(text);
  } catch (error) {
    if (error instanceof DateError) throw invalidParameter(name, error.message, error);
    throw error;
  }
};

export interface RequestedDay {
  readonly day: Day;
  readonly answer: DateAnswer;
}

/** The day that `at` means: the last one of the date, today where there is none. */
export const requestedDay = (text: string | undefined, now: number): RequestedDay => {
  if (text === undefined) {
    const today = dayOf(now);
    return { day: today, answer: dayAnswer(today) };
  }
  const interval = parseDateParameter('at', text);
  return { day: interval.latest ?? noEnd, answer: dateAnswer(text, interval) };
};

/** The days of `from` and `to`, both included; `null` where there is no bound. */
export const requestedRange = (
  from: string | undefined,
  to: string | undefined,
): { readonly from: Day | null; readonly to: Day | null } => {
  const range = {
    from: from === undefined ? null : parseDateParameter('from', from).earliest,
    to: to === undefined ? null : parseDateParameter('to', to).latest,
  };
  if (range.from !== null && range.to !== null && range.from > range.to) {
    throw invalidParameter('from', 'must not be after `to`');
  }
  return range;
};
