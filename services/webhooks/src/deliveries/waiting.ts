import type { Delivery } from '@stance/webhooks';

/** After so many messages in a row that failed at their first try nothing new is tried until one arrives. */
export const outage = 5;
/** At most so many messages of an endpoint wait for another try. */
const mostWaiting = 1000;

/** Whether something new may be tried. @param streak how many in a row failed at their first try. */
export const mayTakeNew = ({ pending, streak }: { readonly pending: number; readonly streak: number }): boolean =>
  pending === 0 || (streak < outage && pending < mostWaiting);

/** What waits for another try, in the order of the feed: messages about one change keep theirs, and a reset goes first. */
export interface Waiting {
  /** Whether something waits behind which this has to stay. */
  isBehind(changeId: string): boolean;
  /** The first that is due by then. */
  due(now: number): Delivery | null;
  /** When the next one is due; `null`: never. */
  nextDue(): number | null;
  /** Whether something new may be tried. @param streak how many in a row failed at their first try. */
  takesNew(streak: number): boolean;
  put(delivery: Delivery): void;
  remove(message: string): void;
}

export const createWaiting = (pending: readonly Delivery[]): Waiting => {
  const waiting = new Map(pending.map((delivery) => [delivery.message, delivery]));

  /** Those that do not wait for another one. */
  const first = function* (): Generator<Delivery> {
    const seen = new Set<string>();
    for (const delivery of waiting.values()) {
      const { changeId } = delivery;
      if (changeId === null) {
        yield delivery;
        return;
      }
      if (!seen.has(changeId)) yield delivery;
      seen.add(changeId);
    }
  };
  const dueAt = ({ dueAt: at }: Delivery): number => at ?? Number.POSITIVE_INFINITY;
  const hasReset = (): boolean => waiting.values().some(({ changeId }) => changeId === null);

  return {
    isBehind: (changeId) => waiting.values().some((delivery) => delivery.changeId === changeId),
    due: (now) => first().find((delivery) => dueAt(delivery) <= now) ?? null,
    nextDue() {
      const next = first().reduce((least, delivery) => Math.min(least, dueAt(delivery)), Number.POSITIVE_INFINITY);
      return Number.isFinite(next) ? next : null;
    },
    takesNew: (streak) => mayTakeNew({ pending: waiting.size, streak }) && !hasReset(),
    put(delivery) {
      waiting.set(delivery.message, delivery);
    },
    remove(message) {
      waiting.delete(message);
    },
  };
};
