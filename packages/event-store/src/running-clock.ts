/** A clock that stands where another one is put back: what was told of an instant that has passed stays true. */
export function createRunningClock(clock: () => number): () => number {
  let latest = Number.NEGATIVE_INFINITY;
  return () => (latest = Math.max(latest, clock()));
}
