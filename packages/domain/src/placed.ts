import { bandCode, bandOf } from './band.ts';
import type { StanceChange } from './change.ts';
import type { Day } from './day.ts';
import { directionOf, none } from './direction.ts';
import type { PlacedStatement, StatementRole } from './history.ts';
import type { KnownStatement } from './known-statement.ts';
import type { Method } from './method.ts';
import { speakingAccounts } from './moment.ts';
import type { Moment } from './moment.ts';
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
  deciding: ReadonlySet<string>,
  speaks: ReadonlySet<string>,
): StatementRole => {
  const { account, statement } = member;
  if (statement.disownedBy !== null) return 'disowned';
  if (account[3] === 0) return 'weighs-nothing';
  if (!deciding.has(statement.id)) return 'outvoted';
  if (!speaks.has(statement.id)) return member.root === null ? 'repeats' : 'copy';
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

/** Every statement with what it did, by day, then id; the unplaced ones of a day after the others. */
export const placedStatements = ({
  gatherings,
  unplaced,
  moments,
  effects,
  first,
  segments,
  method,
}: Folded): PlacedStatement[] => {
  const placed: PlacedStatement[] = [];
  let next = 0;
  const placeUnplaced = (before: Day): void => {
    for (
      let statement = unplaced[next];
      statement !== undefined && statement.said.latest < before;
      statement = unplaced[++next]
    ) {
      placed.push(unplacedStatement(statement, segments, method));
    }
  };
  for (const [index, { day, members }] of gatherings.entries()) {
    placeUnplaced(day);
    const moment = moments[index];
    if (moment === undefined) continue;
    const segment = segmentAt(segments, day);
    const effect = told(moment.direction === none ? 'none' : (effects[index] ?? 'none'), moment, first);
    const speaks = new Set(speakingAccounts(moment).map(([id]) => id));
    const deciding = new Set(moment.accounts.map(([id]) => id));
    for (const member of members) {
      const { statement, account } = member;
      const role = roleOf(member, moment, effect, deciding, speaks);
      const counts =
        account[3] > 0 && role !== 'repeats' && role !== 'copy' && role !== 'outvoted' && role !== 'disputed';
      const reaffirmation = counts && isReaffirmation(statement, day, segment, method);
      placed.push({
        statement,
        weight: account[3],
        factors: factorsOf(statement, method),
        day,
        role,
        reaffirmation,
        contested: moment.contested,
        vague: statement.said.earliest !== statement.said.latest,
      });
    }
  }
  placeUnplaced(Infinity);
  return placed;
};
