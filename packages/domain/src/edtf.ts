import { dayOf, dayOfDate, daysOfMonth } from './day.ts';
import type { Day, DayInterval } from './day.ts';
import { DateError } from './date-error.ts';

const zero = 48;

/** The number that digits at fixed places make, or -1 where one of them is no digit. */
const digitsAt = (text: string, from: number, to: number): number => {
  let value = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - zero;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
};

const noSuchDate = (text: string): DateError => new DateError('no-such-date', `there is no such date: ${quoted(text)}`);
const invalid = (text: string): DateError =>
  new DateError(
    'invalid-date',
    `${quoted(text)} is neither an instant (2024-06-05T12:00:00Z) nor a date of EDTF level 0 or 1 (2024-06-05, 2024-06, 2024-06-05/2024-06-08, 2024-06-06?, ../2020)`,
  );
const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

const existing = (text: string, year: number, month: number, date: number): Day => {
  if (month < 1 || month > 12 || date < 1 || date > daysOfMonth(year, month)) throw noSuchDate(text);
  return dayOfDate(year, month, date);
};

/** The first ten characters as `YYYY-MM-DD`, or `null` where they are not of that form. */
const plainDay = (text: string): Day | null => {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 7);
  const date = digitsAt(text, 8, 10);
  return year < 0 || month < 0 || date < 0 ? null : existing(text, year, month, date);
};

const instantPattern =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/u;

/** The day (UTC) of an instant with its offset from UTC; without one it is taken as UTC, as EDTF's local time is nobody's. */
const dayOfInstant = (text: string): Day => {
  const parts = instantPattern.exec(text);
  if (parts === null) throw invalid(text);
  const [, year, month, date, hours, minutes, seconds = '0', zone = 'Z'] = parts;
  const day = existing(text, Number(year), Number(month), Number(date));
  const isMidnight = hours === '24' && minutes === '00' && Number(seconds) === 0;
  if ((Number(hours) > 23 && !isMidnight) || Number(minutes) > 59 || Number(seconds) > 60) {
    throw new DateError('no-such-date', `there is no such time of day: ${quoted(text)}`);
  }
  const offsetHours = zone === 'Z' ? 0 : Number(zone.slice(1, 3));
  const offsetMinutes = zone === 'Z' ? 0 : Number(zone.slice(3).replace(':', ''));
  if (offsetHours > 23 || offsetMinutes > 59) {
    throw new DateError('no-such-date', `there is no such offset from UTC: ${quoted(text)}`);
  }
  const offset = (zone.startsWith('-') ? -1 : 1) * (offsetHours * 60 + offsetMinutes);
  // A leap second belongs to the minute that it ends.
  return day + dayOf((Number(hours) * 60 + Number(minutes) - offset) * 60_000);
};

const lastMonthOfSeason = (season: number): number => (season - 20) * 3;

interface Whole {
  readonly earliest: Day;
  readonly latest: Day;
}

const yearOf = (text: string, written: string): readonly [first: number, last: number] => {
  const digits = written.replace(/^Y?-?/u, '');
  const sign = written.includes('-') ? -1 : 1;
  const bounds = [Number(digits.replaceAll('X', '0')), Number(digits.replaceAll('X', '9'))].map(
    (year) => sign * year || 0,
  );
  const [low = 0, high = 0] = bounds;
  // Beyond it a day is no longer an exact number of milliseconds.
  if (Math.abs(low) > 270_000 || Math.abs(high) > 270_000) {
    throw new DateError('invalid-date', `the year of ${quoted(text)} is further away than 270,000 years`);
  }
  return low <= high ? [low, high] : [high, low];
};

const datePattern = /^(Y-?[1-9]\d{4,5}|-?\d{4}|-?\d{3}X|-?\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?$/u;

/** A date without time, of level 0 or 1, and without what qualifies it. */
const wholeOf = (text: string, date: string): Whole => {
  const parts = datePattern.exec(date);
  if (parts === null) throw invalid(text);
  const [, year = '', month, day] = parts;
  const [first, last] = yearOf(text, year);
  const vagueYear = year.includes('X');
  if (month === undefined) return { earliest: dayOfDate(first, 1, 1), latest: dayOfDate(last, 12, 31) };
  if (
    (vagueYear && (month !== 'XX' || (day !== undefined && day !== 'XX'))) ||
    (month === 'XX' && day !== undefined && day !== 'XX')
  ) {
    throw invalid(text);
  }
  if (month === 'XX') return { earliest: dayOfDate(first, 1, 1), latest: dayOfDate(last, 12, 31) };
  const number = Number(month);
  if (day === undefined && number >= 21 && number <= 24) {
    const end = lastMonthOfSeason(number);
    return { earliest: dayOfDate(first, end - 2, 1), latest: dayOfDate(first, end, daysOfMonth(first, end)) };
  }
  if (number < 1 || number > 12) throw noSuchDate(text);
  if (day === undefined || day === 'XX') {
    return { earliest: dayOfDate(first, number, 1), latest: dayOfDate(first, number, daysOfMonth(first, number)) };
  }
  const exact = existing(text, first, number, Number(day));
  return { earliest: exact, latest: exact };
};

/** One end of an interval, or a date by itself: instant or date, qualified or not. */
const pointOf = (text: string, point: string): Whole => {
  if (point.includes('T')) {
    const day = dayOfInstant(point);
    return { earliest: day, latest: day };
  }
  return wholeOf(text, /[?~%]$/u.test(point) ? point.slice(0, -1) : point);
};

const isOpen = (end: string): boolean => end === '' || end === '..';

const intervalOf = (text: string, ends: readonly string[]): DayInterval => {
  const [from = '', to = ''] = ends;
  if (ends.length !== 2 || (isOpen(from) && isOpen(to))) throw invalid(text);
  const begin = isOpen(from) ? null : pointOf(text, from);
  const end = isOpen(to) ? null : pointOf(text, to);
  const earliest = begin === null ? null : begin.earliest;
  const latest = end === null ? null : end.latest;
  if (
    begin !== null &&
    end !== null &&
    ((begin.earliest > end.earliest && begin.latest > end.latest) || begin.earliest > end.latest)
  ) {
    throw new DateError('from-after-to', `${quoted(text)} ends before it begins`);
  }
  return { earliest, latest };
};

/**
 * The days (UTC, both included) that an instant or a date of EDTF level 0 or 1 covers, `null` for an open or unknown end
 * of an interval. Of `2024-06-06?` and `2024-06~` the doubt is not counted in days. Seasons are quarters of the year
 * (21 is January to March). Throws a `DateError` (`invalid-date`, `no-such-date`, `from-after-to`).
 */
export const daysOf = (text: string): DayInterval => {
  if (text.length === 10) {
    const day = plainDay(text);
    if (day !== null) return { earliest: day, latest: day };
  } else if ((text.length === 20 || text.length === 24) && text.endsWith('Z')) {
    const day = dayOfUtcInstant(text);
    if (day !== null) return { earliest: day, latest: day };
  }
  return text.includes('/') ? intervalOf(text, text.split('/')) : pointOf(text, text);
};

/** The day of `YYYY-MM-DDTHH:MM:SSZ`, with milliseconds or without, or `null` where it is of another form. */
const dayOfUtcInstant = (text: string): Day | null => {
  if (text.charCodeAt(10) !== 84 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  if (text.length === 24 && (text.charCodeAt(19) !== 46 || digitsAt(text, 20, 23) < 0)) return null;
  const hours = digitsAt(text, 11, 13);
  const minutes = digitsAt(text, 14, 16);
  const seconds = digitsAt(text, 17, 19);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return null;
  return plainDay(text);
};
