/** A calendar day in UTC, as the number of days since 1970-01-01 (negative before). */
export type Day = number;

/** A span of days, both ends included; `null` is an end that nobody gave. */
export interface DayInterval {
  readonly earliest: Day | null;
  readonly latest: Day | null;
}
