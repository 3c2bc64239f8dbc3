/** Days since 1970-01-01, in UTC. */
export type Day = number;

const aDay = 86_400_000;

/** Years that a `Date` can hold stand in four digits, possibly with a sign; what does not is none here. */
export const dayOf = (iso: string | null): Day | null => {
  if (iso === null) return null;
  const time = Date.parse(`${iso.replace(/^-(\d{4})-/, '-00$1-')}T00:00:00Z`);
  return Number.isNaN(time) ? null : time / aDay;
};

export const dateOf = (day: Day): Date => new Date(day * aDay);

/** As the API writes days: years before 0 with their sign, years beyond 9999 after a `Y`. */
export const isoOf = (day: Day): string => {
  const date = dateOf(day);
  const year = date.getUTCFullYear();
  const digits = String(Math.abs(year)).padStart(4, '0');
  return `${digits.length > 4 ? 'Y' : ''}${year < 0 ? '-' : ''}${digits}${date.toISOString().slice(-20, -14)}`;
};

/** A year, with a month and a day perhaps, uncertain perhaps; of an instant its day, of an interval its end. */
const aDate = /^(?:.*\/)?(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[?~%]?(?:T.*)?$/;

/** The last day of what the API takes for a date, as far as it is a year, a month or a day; `null` for anything else. */
export const lastDayOf = (at: string | undefined): Day | null => {
  const [, year, month, day] = aDate.exec(at ?? '') ?? [];
  if (year === undefined) return null;
  if (day !== undefined) return dayOf(`${year}-${month}-${day}`);
  const end = new Date(0);
  // Day 0 of the month after it. Years under 100 are not of the last century.
  end.setUTCFullYear(Number(year), month === undefined ? 12 : Number(month), 0);
  return month !== undefined && !(Number(month) >= 1 && Number(month) <= 12) ? null : end.getTime() / aDay;
};

export const today = (): Day => Math.floor(Date.now() / aDay);

/** By a day that is not over yet nobody can ask what was known: as the API writes it. */
export const lastDayOver = (): string => isoOf(today() - 1);
