/** How fast something moves along the log, and how long it will take. */
export interface Pace {
  /** Notes how many events were handled in all. */
  at(events: number): void;
  /** Events a second, of late; `null` until that is known. */
  perSecond(): number | null;
}

/** Of the last so many milliseconds. */
const window = 10_000;

/** `now`: milliseconds, of a clock that never goes back. */
export const createPace = (now: () => number): Pace => {
  const marks: { readonly at: number; readonly events: number }[] = [];
  return {
    at(events) {
      const at = now();
      marks.push({ at, events });
      while (marks.length > 2 && at - (marks[1]?.at ?? at) > window) marks.shift();
    },
    perSecond() {
      const [first] = marks;
      const last = marks.at(-1);
      if (first === undefined || last === undefined || last.at === first.at) return null;
      return ((last.events - first.events) / (last.at - first.at)) * 1000;
    },
  };
};
