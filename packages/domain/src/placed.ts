import { bandCode, bandOf } from './band.ts';
import type { StanceChange } from './change.ts';
import type { Day } from './day.ts';
import { directionOf, none } from './direction.ts';
import type { PlacedStatement, StatementRole } from './history.ts';
import type { KnownStatement } from './known-statement.ts';
import type { Method } from './method.ts';
import { speakingAccounts } from './moment.ts';
import type { Moment } from './moment.ts';
import { aPiece } from './pieces.ts';
import type { Pieces } from './pieces.ts';
import type { Gathering } from './placement.ts';
import { segmentAt } from './segment.ts';
import type { Segment } from './segment.ts';
import type { Effect } from './stance-steps.ts';
import type { Member } from './utterance.ts';
import { factorsOf, spokenDirection, weightOf } from './weight.ts';

interface Folded {
  readonly gatherings: readonly Gathering[];
  readonly unplaced: readonly KnownStatement[];
  /** One for each gathering. */
  readonly moments: readonly Moment[];
  readonly effects: readonly Effect[];
  /** The first direction, or while none is confirmed the one that leads. */
  readonly first: StanceChange | null;
  readonly segments: readonly Segment[];
  readonly method: Method;
}

/** Until the first direction is confirmed, whatever does not lead or loses opposes it: nothing of it is in the set. */
const told = (effect: Effect, moment: Moment, first: StanceChange | null): StatementRole => {
  if (effect === 'none') return 'disputed';
  const loses =
    first !== null &&
    moment.day < (first.confirmedAt ?? Infinity) &&
    directionOf(moment.direction) !== first.to.direction;
  return loses ? 'opposes' : effect;
};

const roleOf = (
  member: Member,
  moment: Moment,
  told: StatementRole,
  deciding: ReadonlySet<string> | null,
  speaks: ReadonlySet<string> | null,
): StatementRole => {
  const { account, statement } = member;
  if (statement.disownedBy !== null) return 'disowned';
  if (account[3] === 0) return 'weighs-nothing';
  if (deciding?.has(statement.id) === false) return 'outvoted';
  if (speaks?.has(statement.id) === false) return member.root === null ? 'repeats' : 'copy';
  if (told === 'disputed' || moment.divided || account[2] === moment.direction) return told;
  return 'outvoted';
};

/** More of the stance that holds on its day; the statements that opened it are not, unless they claim it held before. */
const isReaffirmation = (statement: KnownStatement, day: Day, segment: Segment | null, method: Method): boolean => {
  if (segment === null || spokenDirection(statement) !== segment.direction) return false;
  if (statement.heldSince !== null) return true;
  const band = bandOf(bandCode(statement.strength, method));
  return day > segment.since && (band === null || band === segment.strength);
};

const unplacedRole = ({ disownedBy }: KnownStatement, weight: number, agrees: boolean): StatementRole => {
  if (disownedBy !== null) return 'disowned';
  if (weight === 0) return 'weighs-nothing';
  return agrees ? 'reaffirms' : 'unplaced';
};

const unplacedStatement = (
  statement: KnownStatement,
  segments: readonly Segment[],
  method: Method,
): PlacedStatement => {
  const { earliest, latest } = statement.said;
  const weight = weightOf(statement, method);
  const agrees = segments.some(
    (segment) =>
      segment.direction === spokenDirection(statement) &&
      segment.from <= latest &&
      (segment.to === null || earliest === null || segment.to >= earliest),
  );
  return {
    statement,
    weight,
    factors: factorsOf(statement, method),
    day: latest,
    role: unplacedRole(statement, weight, agrees),
    reaffirmation: weight > 0 && agrees,
    contested: false,
    vague: true,
  };
};

/** The statements of one day. */
const placeMembers = (placed: PlacedStatement[], index: number, folded: Folded): void => {
  const { gatherings, moments, effects, first, segments, method } = folded;
  const gathering = gatherings[index];
  const moment = moments[index];
  if (gathering === undefined || moment === undefined) return;
  const { day, members } = gathering;
  const segment = segmentAt(segments, day);
  const effect = told(moment.direction === none ? 'none' : (effects[index] ?? 'none'), moment, first);
  // Most days have one statement, which then decides and speaks for itself.
  const deciding = members.length === 1 ? null : new Set(moment.accounts.map(([id]) => id));
  const speaks = members.length === 1 ? null : new Set(speakingAccounts(moment).map(([id]) => id));
  for (const member of members) {
    const { statement, account } = member;
    const role = roleOf(member, moment, effect, deciding, speaks);
    const counts =
      account[3] > 0 && role !== 'repeats' && role !== 'copy' && role !== 'outvoted' && role !== 'disputed';
    placed.push({
      statement,
      weight: account[3],
      factors: factorsOf(statement, method),
      day,
      role,
      reaffirmation: counts && isReaffirmation(statement, day, segment, method),
      contested: moment.contested,
      vague: statement.said.earliest !== statement.said.latest,
    });
  }
};

/** Every statement with what it did, by day, then id; the unplaced ones of a day after the others. */
export function* placedStatements(folded: Folded): Pieces<PlacedStatement[]> {
  const { gatherings, unplaced, segments, method } = folded;
  const placed: PlacedStatement[] = [];
  let next = 0;
  let piece = 0;
  for (let index = 0; index <= gatherings.length; index += 1) {
    const day = gatherings[index]?.day ?? Infinity;
    for (
      let statement = unplaced[next];
      statement !== undefined && statement.said.latest < day;
      statement = unplaced[++next]
    ) {
      placed.push(unplacedStatement(statement, segments, method));
      if (placed.length % aPiece === 0) yield;
    }
    placeMembers(placed, index, folded);
    if (placed.length - piece >= aPiece) {
      piece = placed.length;
      yield;
    }
  }
  return placed;
}
