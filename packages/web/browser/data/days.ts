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

/** The last day of a year, a month or a day, which is what the API takes it for; `null` for what is none of these. */
export const lastDayOf = (at: string | undefined): Day | null => {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(at ?? '') ?? [];
  if (year === undefined) return null;
  if (day !== undefined) return dayOf(at ?? null);
  const end = Date.UTC(Number(year), month === undefined ? 12 : Number(month), 0);
  return Number.isNaN(end) ? null : end / aDay;
};

export const today = (): Day => Math.floor(Date.now() / aDay);
