import { atLeast, rounded } from './approximate.ts';
import { byCondition } from './condition.ts';
import type { Day } from './day.ts';
import { directionOf, none } from './direction.ts';
import type { DirectionCode } from './direction.ts';
import { withDisownings } from './disowning.ts';
import type { Ground, SeenStance } from './ground.ts';
import { historyId } from './history-id.ts';
import type { Direction, HistoryName, KnownStatement } from './known-statement.ts';
import type { Method } from './method.ts';
import { momentOf } from './moment.ts';
import type { Moment } from './moment.ts';
import { aPiece, atOnce, mapped } from './pieces.ts';
import type { Pieces } from './pieces.ts';
import { placementOf } from './placement.ts';
import type { Gathering, Placement } from './placement.ts';
import { leaderOf, step, undecided } from './stance-steps.ts';
import type { StanceState } from './stance-steps.ts';
import { groundedAccount } from './account.ts';
import type { Member } from './utterance.ts';

/** So many links of a chain of endorsements are named. */
const longestPath = 20;

/** What is known of one history before anything that it points at was looked up. */
export interface KnownHistory {
  readonly statements: readonly KnownStatement[];
  /** All disownings of its holder, on whatever proposition. */
  readonly disownings: readonly KnownStatement[];
}

/** The histories that statements point at, by `historyId`, each once. */
export const pointedAt = (statements: readonly KnownStatement[]): string[] => [
  ...new Set(statements.flatMap(({ pointsAt }) => (pointsAt === null ? [] : [historyId(pointsAt)]))),
];

/** An endorsement or a rejection where it stands: everything it sees stands on days before, or was said the same day. */
interface Pointer {
  readonly day: Day;
  readonly statement: KnownStatement;
  readonly pointsAt: HistoryName;
}

/** A history while its days are gone through, as far as the pointers that were looked up need it. */
interface Course {
  readonly gatherings: readonly Gathering[];
  /** Of the first gathering that was not gone through. */
  next: number;
  state: StanceState;
  /** The direction that holds, by the day its change was opened. */
  since: Day;
  openedBy: string;
  /** By direction: each day on which it was told, with the sum of what it weighed up to then. */
  readonly sums: readonly { readonly day: Day; readonly sum: number }[][];
}

const courseOf = ({ gatherings }: Placement): Course => ({
  gatherings,
  next: 0,
  state: undecided,
  since: -Infinity,
  openedBy: '',
  sums: [[], [], [], []],
});

/** The sum of what a direction weighed from a day on. */
const weightSince = (sums: Course['sums'], direction: DirectionCode, since: Day): number => {
  const told = sums[direction] ?? [];
  let low = 0;
  let high = told.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((told[middle]?.day ?? Infinity) < since) low = middle + 1;
    else high = middle;
  }
  return rounded((told.at(-1)?.sum ?? 0) - (told[low - 1]?.sum ?? 0));
};

const take = (course: Course, moment: Moment, method: Method): void => {
  if (moment.direction !== none) {
    const told = course.sums[moment.direction];
    told?.push({ day: moment.day, sum: rounded((told.at(-1)?.sum ?? 0) + moment.weight) });
  }
  const { state } = step(course.state, moment, method, {
    change: ({ track, status, at, openedBy }) => {
      if (track === 'strength' || status !== 'confirmed') return;
      course.since = at;
      course.openedBy = openedBy;
    },
    remove: () => undefined,
  });
  course.state = state;
};

const momentOfMembers = (day: Day, members: readonly Member[], method: Method): Moment =>
  momentOf(
    day,
    members.map(({ account }) => account),
    method,
  );

/** The stance that a course has come to, and the independent weight behind it. */
const stanceOf = (course: Course, method: Method): { readonly seen: SeenStance; readonly weight: number } | null => {
  const { state, sums } = course;
  const leader = state[0] === 0 ? leaderOf(state[1]) : null;
  if (state[0] === 0 && leader === null) return null;
  const direction = state[0] === 1 ? state[1] : (leader?.[0][0] ?? none);
  const since = leader === null ? course.since : leader[0][1];
  const openedBy = leader === null ? course.openedBy : leader[0][2];
  const weight = weightSince(sums, direction, since);
  const held = state[0] === 1 ? 'confirmed' : 'provisional';
  const status = atLeast(weight, method.least) ? held : 'insufficient';
  return { seen: { status, direction: directionOf(direction), since, openedBy }, weight };
};

const copyOf = (course: Course): Course => ({ ...course, sums: course.sums.map((told) => [...told]) });

/** `groundHistories` in pieces. */
export function* groundInPieces(
  histories: ReadonlyMap<string, KnownHistory>,
  method: Method,
): Pieces<Map<string, readonly KnownStatement[]>> {
  const known = new Map<string, readonly KnownStatement[]>();
  const pointers: Pointer[] = [];
  for (const [id, { statements, disownings }] of histories) {
    const marked = withDisownings(statements, disownings);
    known.set(id, marked);
    if (marked.some(({ pointsAt }) => pointsAt !== null)) yield* addPointers(pointers, marked, method);
  }
  if (pointers.length === 0) return known;
  pointers.sort((a, b) => a.day - b.day);

  const courses = new Map<string, Course>();
  const grounds = new Map<KnownStatement, Ground>();
  const groundsById = new Map<string, Ground>();
  let passed = 0;

  const groundedMembers = (members: readonly Member[]): readonly Member[] =>
    members.map((member) => {
      const ground = grounds.get(member.statement);
      if (ground === undefined) return member;
      const statement = { ...member.statement, ground };
      return { ...member, statement, account: groundedAccount(member.account, statement, method) };
    });

  /** The course of a history up to a day, with what its holder said for himself on that day. */
  function* courseUpTo(id: string, day: Day): Pieces<Course | null> {
    const statements = known.get(id);
    if (statements === undefined) return null;
    const course = courses.get(id) ?? courseOf(yield* placementOf(byCondition(statements).unconditional, method));
    courses.set(id, course);
    for (
      let gathering = course.gatherings[course.next];
      gathering !== undefined && gathering.day < day;
      gathering = course.gatherings[++course.next]
    ) {
      take(course, momentOfMembers(gathering.day, groundedMembers(gathering.members), method), method);
      if ((passed += gathering.members.length) >= aPiece) {
        passed = 0;
        yield;
      }
    }
    const sameDay = course.gatherings[course.next];
    const own = sameDay?.day === day ? sameDay.members.filter(({ statement }) => statement.pointsAt === null) : [];
    if (own.length === 0) return course;
    const upToDay = copyOf(course);
    take(upToDay, momentOfMembers(day, own, method), method);
    return upToDay;
  }

  function* groundOf({ day, statement, pointsAt }: Pointer): Pieces<Ground> {
    const unclear = (reason: Ground['reason'], seen: SeenStance | null = null): Ground => ({
      direction: 'unclear',
      weight: 0,
      reason,
      seen,
      path: [pointsAt],
    });
    if (pointsAt.holder === statement.holder) return unclear('own-stance');
    const course = yield* courseUpTo(historyId(pointsAt), day);
    const stance = course === null ? null : stanceOf(course, method);
    if (stance === null) return unclear('no-stance');
    const { seen, weight } = stance;
    if (seen.status === 'insufficient') return unclear('insufficient', seen);
    const rejects = statement.act === 'reject';
    const direction = rejects ? opposite(seen.direction) : seen.direction;
    if (direction === 'unclear') return unclear('rejects-no-side', seen);
    const path = [pointsAt, ...(groundsById.get(seen.openedBy)?.path ?? [])].slice(0, longestPath);
    return { direction, weight, reason: rejects ? 'rejected' : 'endorsed', seen, path };
  }

  for (const pointer of pointers) {
    const ground = yield* groundOf(pointer);
    grounds.set(pointer.statement, ground);
    groundsById.set(pointer.statement.id, ground);
    if (grounds.size % aPiece === 0) yield;
  }
  for (const [id, statements] of known) {
    known.set(
      id,
      yield* mapped(statements, (statement) => {
        const ground = grounds.get(statement);
        return ground === undefined ? statement : { ...statement, ground };
      }),
    );
  }
  return known;
}

/**
 * Looks up what endorsements and rejections come to: the stance that they point at, as of the days before their own and
 * what its holder said for himself on the same day. So nothing sees itself, whoever points at whom. Disownings are applied.
 *
 * One day after the other, through all histories at once: what a pointer sees stands on days that were gone through.
 *
 * @param histories by `historyId`, all that they point at included, and all that those point at; one that is not there
 *   counts as a history without statements
 * @returns the statements of each, ready to be folded
 */
export const groundHistories = (
  histories: ReadonlyMap<string, KnownHistory>,
  method: Method,
): Map<string, readonly KnownStatement[]> => atOnce(groundInPieces(histories, method));

const opposite = (direction: SeenStance['direction']): Direction => {
  if (direction === 'support') return 'oppose';
  return direction === 'oppose' ? 'support' : 'unclear';
};

/** Adds the endorsements and rejections of one history, each on the day on which it stands. */
function* addPointers(pointers: Pointer[], statements: readonly KnownStatement[], method: Method): Pieces<void> {
  const add = (statement: KnownStatement, day: Day): void => {
    const { pointsAt } = statement;
    if (pointsAt !== null) pointers.push({ day, statement, pointsAt });
  };
  const { unconditional, conditions } = byCondition(statements);
  for (const group of [unconditional, ...conditions.map((under) => under.statements)]) {
    const { gatherings, unplaced } = yield* placementOf(group, method);
    for (const { day, members } of gatherings) for (const { statement } of members) add(statement, day);
    for (const statement of unplaced) add(statement, statement.said.latest);
  }
}
