/** A calendar day in UTC, as the number of days since 1970-01-01 (negative before). */
export type Day = number;

/** A span of days, both ends included; `null` is an end that nobody gave. */
export interface DayInterval {
  readonly earliest: Day | null;
  readonly latest: Day | null;
}

const millisecondsOfADay = 86_400_000;

/** The day of an instant, given in milliseconds since 1970-01-01T00:00:00Z. */
export const dayOf = (milliseconds: number): Day => Math.floor(milliseconds / millisecondsOfADay);

/**
 * The day of a date of the Gregorian calendar, reckoned back before its time as ISO 8601 does (year 0 is 1 BC). The
 * date must exist: see `daysOfMonth`.
 */
export const dayOfDate = (year: number, month: number, day: number): Day => {
  // Years that begin in March put the leap day last, so that whole cycles of 400 years need no cases.
  const y = month <= 2 ? year - 1 : year;
  const cycle = Math.floor(y / 400);
  const yearOfCycle = y - cycle * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfCycle = yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear;
  return cycle * 146_097 + dayOfCycle - 719_468;
};

/** How many days a month (1 to 12) has. */
export const daysOfMonth = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

/** `YYYY-MM-DD`; years before 0 and after 9999 as EDTF writes them (`-0044-03-15`, `Y12345-03-15`). */
export const formatDay = (day: Day): string => {
  const shifted = day + 719_468;
  const cycle = Math.floor(shifted / 146_097);
  const dayOfCycle = shifted - cycle * 146_097;
  const yearOfCycle = Math.floor(
    (dayOfCycle - Math.floor(dayOfCycle / 1460) + Math.floor(dayOfCycle / 36_524) - Math.floor(dayOfCycle / 146_096)) /
      365,
  );
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0);
  const digits = String(Math.abs(year)).padStart(4, '0');
  const written = year < 0 ? `-${digits}` : digits;
  return `${Math.abs(year) > 9999 ? 'Y' : ''}${written}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
};
