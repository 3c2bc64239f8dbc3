import { groundedAccount } from './account.ts';
import type { Account } from './account.ts';
import type { Day } from './day.ts';
import type { KnownStatement } from './known-statement.ts';
import type { Method } from './method.ts';
import { aPiece, sorted } from './pieces.ts';
import type { Pieces } from './pieces.ts';
import { utterancesOf } from './utterance.ts';
import type { Member, Utterance } from './utterance.ts';

/** The statements of one day. */
export interface Gathering {
  readonly day: Day;
  /** By statement id. */
  readonly members: readonly Member[];
  /** Whether all its utterances are plain (see `Utterance`). */
  readonly plain: boolean;
}

export interface Placement {
  /** By day. */
  readonly gatherings: readonly Gathering[];
  /** Of vague dates, where days of weight stand in their interval. By latest bound, then id. */
  readonly unplaced: readonly KnownStatement[];
}

const byDay = (a: Gathering, b: Gathering): number => a.day - b.day;

const byId = (a: Member, b: Member): number => (a.statement.id < b.statement.id ? -1 : 1);

/** Whether one of the sorted days lies within an interval. */
const standsWithin = (days: readonly Day[], earliest: Day | null, latest: Day): boolean => {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? Infinity) <= latest) low = middle + 1;
    else high = middle;
  }
  const last = days[low - 1];
  return last !== undefined && (earliest === null || last >= earliest);
};

const weighs = ({ account }: { readonly account: Account }): boolean => account[3] > 0;

/** Where it stands is decided: now it may say what it points at. */
const grounded = (member: Member, method: Method): Member =>
  member.statement.pointsAt === null
    ? member
    : { ...member, account: groundedAccount(member.account, member.statement, method) };

/** Brings utterances to their days. */
export function* placementOf(statements: readonly KnownStatement[], method: Method): Pieces<Placement> {
  const utterances = yield* utterancesOf(statements, method);
  const days = new Map<Day, { members: Member[]; plain: boolean }>();
  const place = ({ latest, members, plain }: Utterance): void => {
    const known = days.get(latest);
    if (known === undefined) days.set(latest, { members: [...members], plain });
    else {
      known.members.push(...members);
      known.plain &&= plain;
    }
  };
  const vague: Utterance[] = [];
  const weighty = new Set<Day>();
  let passed = 0;
  for (const utterance of utterances) {
    if (++passed % aPiece === 0) yield;
    if (utterance.earliest !== utterance.latest) vague.push(utterance);
    else {
      place(utterance);
      if (utterance.members.some(weighs)) weighty.add(utterance.latest);
    }
  }
  let unplaced: KnownStatement[] = [];
  if (vague.length > 0) {
    const inOrder = yield* sorted([...weighty], (a, b) => a - b);
    for (const utterance of vague) {
      if (++passed % aPiece === 0) yield;
      if (standsWithin(inOrder, utterance.earliest, utterance.latest)) {
        for (const { statement } of utterance.members) unplaced.push(statement);
      } else place(utterance);
    }
    unplaced = yield* sorted(unplaced, (a, b) => a.said.latest - b.said.latest || (a.id < b.id ? -1 : 1));
  }
  const gatherings: Gathering[] = [];
  passed = 0;
  for (const [day, { members, plain }] of days) {
    gatherings.push({ day, plain, members: members.map((member) => grounded(member, method)).sort(byId) });
    if ((passed += members.length) >= aPiece) {
      passed = 0;
      yield;
    }
  }
  return {
    gatherings: gatherings.length > aPiece ? yield* sorted(gatherings, byDay) : gatherings.sort(byDay),
    unplaced,
  };
}
