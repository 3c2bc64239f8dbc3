import { ProblemError, sameJson, windowDays } from '@stance/contracts';
import type { MembershipRecorded, MembershipRecordedData } from '@stance/contracts';
import type { DayInterval } from '@stance/domain';

import { pathText } from './path.ts';

/** Who belongs to what, and when. */
export interface Memberships {
  apply(event: MembershipRecorded): void;
  /**
   * The event that said the same, `null` where nobody has.
   *
   * @throws ProblemError `membership-cycle`
   */
  decide(membership: MembershipRecordedData): MembershipRecorded | null;
}

interface Held {
  readonly event: MembershipRecorded;
  readonly days: DayInterval;
}

/** A group that one belongs to, on which days, and by which way. */
interface Step {
  readonly group: string;
  readonly days: DayInterval;
  readonly before: Step | null;
}

/** A later membership with the same key takes the place of the earlier one. */
const keyOf = ({ group, role, from }: MembershipRecordedData): string => JSON.stringify([group, role, from]);

const later = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);
const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

/** The days of both; `null` where there is none. */
const overlap = (a: DayInterval, b: DayInterval): DayInterval | null => {
  const days = { earliest: later(a.earliest, b.earliest), latest: earlier(a.latest, b.latest) };
  return days.earliest !== null && days.latest !== null && days.earliest > days.latest ? null : days;
};

const covers = (a: DayInterval, b: DayInterval): boolean =>
  (a.earliest === null || (b.earliest !== null && a.earliest <= b.earliest)) &&
  (a.latest === null || (b.latest !== null && a.latest >= b.latest));

const idsOf = (last: Step): string[] => {
  const ids: string[] = [];
  for (let step: Step | null = last; step !== null; step = step.before) ids.push(step.group);
  return ids.reverse();
};

export const createMemberships = (): Memberships => {
  const byActor = new Map<string, Map<string, Held>>();

  /** How an actor is a part of itself on some day that all steps have in common, once it belongs to the group. */
  const cycle = (actor: string, group: string, days: DayInterval): string[] | null => {
    const start: Step = { group: actor, days, before: null };
    const waiting: Step[] = [{ group, days, before: start }];
    const seen = new Map<string, DayInterval[]>();
    for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
      if (step.group === actor) return idsOf(step);
      const seenDays = seen.get(step.group) ?? [];
      const current = step;
      if (seenDays.some((each) => covers(each, current.days))) continue;
      seen.set(step.group, [...seenDays, step.days]);
      for (const { event, days: held } of byActor.get(step.group)?.values() ?? []) {
        const common = overlap(step.days, held);
        if (common !== null) waiting.push({ group: event.data.group, days: common, before: step });
      }
    }
    return null;
  };

  return {
    apply(event) {
      const { actorId } = event.data;
      const held = byActor.get(actorId) ?? new Map<string, Held>();
      held.set(keyOf(event.data), { event, days: windowDays(event.data) });
      byActor.set(actorId, held);
    },
    decide(membership) {
      const { actorId, group } = membership;
      const same = byActor.get(actorId)?.get(keyOf(membership));
      if (same !== undefined && sameJson(same.event.data, membership)) return same.event;
      const path = cycle(actorId, group, windowDays(membership));
      if (path === null) return null;
      throw new ProblemError('membership-cycle', {
        detail: `Actor "${actorId}" would be a part of itself: ${pathText(path)}.`,
        errors: [{ path: 'group', message: `leads back to the actor: ${pathText(path)}` }],
      });
    },
  };
};
