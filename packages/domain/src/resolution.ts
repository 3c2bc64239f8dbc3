import type { Day } from './day.ts';
import type { StanceDirection } from './direction.ts';
import { ownChanges, ownStatements } from './history.ts';
import type { History, PlacedStatement } from './history.ts';
import type { Direction } from './known-statement.ts';
import { segmentAt } from './segment.ts';
import { spokenDirection } from './weight.ts';

/**
 * How a later moment settles a dispute: it opens and confirms a change at once (`opened`), confirms one under way,
 * withdraws one in favour of what is confirmed, or is more of what is confirmed.
 */
export type SettlingEffect = 'opened' | 'confirmed' | 'withdrew' | 'reaffirms';

export interface SettlingStatement {
  readonly statementId: string;
  readonly direction: Direction | null;
  readonly weight: number;
}

/** What settled a contested moment: a later, uncontested one that tells one of the disputed directions for good. */
export interface Resolution {
  readonly day: Day;
  readonly direction: StanceDirection;
  readonly effect: SettlingEffect;
  /** The statements of that moment which did it, by id. */
  readonly statements: readonly SettlingStatement[];
}

/** A moment that settles what was in dispute before it. */
interface Settling {
  readonly day: Day;
  readonly direction: StanceDirection;
  readonly effect: SettlingEffect;
  /** Since when it may have been said: before its day only where all its dates are vague. */
  earliest: Day;
  readonly statements: SettlingStatement[];
}

/** By direction, each in order of days. */
export type Settlings = ReadonlyMap<StanceDirection, readonly Settling[]>;

const earliestOf = ({ statement, day, vague }: PlacedStatement): Day =>
  vague ? (statement.said.earliest ?? -Infinity) : day;

/** The moments of a history that settle what was in dispute before them. */
export const settlingsOf = (history: History): Settlings => {
  const confirmedOn = new Map<Day, { readonly direction: StanceDirection; readonly effect: SettlingEffect }>();
  for (const { track, at, to, confirmedAt } of ownChanges(history)) {
    if (track !== 'direction' || confirmedAt === null) continue;
    confirmedOn.set(confirmedAt, { direction: to.direction, effect: at === confirmedAt ? 'opened' : 'confirmed' });
  }
  const settledBy = ({ role, day, statement }: PlacedStatement): Pick<Settling, 'direction' | 'effect'> | null => {
    if (role === 'opened' || role === 'confirmed') return confirmedOn.get(day) ?? null;
    if (role !== 'reaffirms' && role !== 'withdrew') return null;
    const segment = segmentAt(history.segments, day);
    if (segment?.status !== 'confirmed') return null;
    // Within `mixed`, statements of any direction are more of it; elsewhere a vague date may reach out of its segment.
    const fits = segment.direction === 'mixed' || segment.direction === spokenDirection(statement);
    return fits ? { direction: segment.direction, effect: role } : null;
  };

  const settlings = new Map<StanceDirection, Settling[]>();
  for (const placed of ownStatements(history)) {
    const settled = placed.contested ? null : settledBy(placed);
    if (settled === null) continue;
    const ofDirection = settlings.get(settled.direction) ?? [];
    settlings.set(settled.direction, ofDirection);
    const last = ofDirection.at(-1);
    const statement = {
      statementId: placed.statement.id,
      direction: spokenDirection(placed.statement),
      weight: placed.weight,
    };
    if (last?.day === placed.day) {
      last.statements.push(statement);
      last.earliest = Math.max(last.earliest, earliestOf(placed));
    } else {
      ofDirection.push({ ...settled, day: placed.day, earliest: earliestOf(placed), statements: [statement] });
    }
  }
  return settlings;
};

/** The first of them, in order of days, that was said after a day for sure. */
const firstAfter = (settlings: readonly Settling[], day: Day): Settling | null => {
  let low = 0;
  let high = settlings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((settlings[middle]?.day ?? Infinity) <= day) low = middle + 1;
    else high = middle;
  }
  for (let settling = settlings[low]; settling !== undefined; settling = settlings[++low]) {
    if (settling.earliest > day) return settling;
  }
  return null;
};

/** What settled a dispute of a day between some directions, or `null`. A day tells one direction only. */
export const resolutionOf = (
  settlings: Settlings,
  day: Day,
  disputed: ReadonlySet<StanceDirection>,
): Resolution | null => {
  let first: Settling | null = null;
  for (const direction of disputed) {
    const next = firstAfter(settlings.get(direction) ?? [], day);
    if (next !== null && (first === null || next.day < first.day)) first = next;
  }
  if (first === null) return null;
  const statements = first.statements.toSorted((a, b) => (a.statementId < b.statementId ? -1 : 1));
  return { day: first.day, direction: first.direction, effect: first.effect, statements };
};
