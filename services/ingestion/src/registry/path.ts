/** A longer path is not told whole. */
const mostSteps = 12;

/** Ids one after the other: `a → b → c`. */
export const pathText = (ids: readonly string[]): string => {
  if (ids.length <= mostSteps) return ids.join(' → ');
  const left = ids.length - mostSteps;
  return [...ids.slice(0, mostSteps - 2), `(${left} more)`, ...ids.slice(-2)].join(' → ');
};

/** A way from one id to another, both included; `null` where there is none. */
export const findPath = (
  start: string,
  end: string,
  nextOf: (id: string) => Iterable<string>,
): readonly string[] | null => {
  const before = new Map<string, string | null>([[start, null]]);
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === end) return pathTo(id, before);
    for (const next of nextOf(id)) {
      if (before.has(next)) continue;
      before.set(next, id);
      waiting.push(next);
    }
  }
  return null;
};

const pathTo = (end: string, before: ReadonlyMap<string, string | null>): string[] => {
  const path: string[] = [];
  for (let id: string | null = end; id !== null; id = before.get(id) ?? null) path.push(id);
  return path.reverse();
};
