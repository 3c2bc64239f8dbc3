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

export const isoOf = (day: Day): string => dateOf(day).toISOString().slice(0, 10);

export const today = (): Day => Math.floor(Date.now() / aDay);
