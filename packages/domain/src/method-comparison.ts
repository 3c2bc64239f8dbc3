import { atLeast } from './approximate.ts';
import { changeKey, compareChanges } from './change.ts';
import type { StanceChange } from './change.ts';
import type { Day } from './day.ts';
import { ownStatements } from './history.ts';
import type { History, PlacedStatement } from './history.ts';
import type { Method } from './method.ts';
import { numbersOf } from './method-numbers.ts';
import { stanceAt } from './stance-view.ts';
import type { StanceView } from './stance-view.ts';
import { spokenDirection } from './weight.ts';
import type { Factor } from './weight.ts';

/** What one history comes to by one method. */
export interface Told {
  readonly method: Method;
  readonly history: History;
}

/** A number that two methods have differently. */
export interface NumberDifference {
  readonly path: string;
  readonly a: number;
  readonly b: number;
}

/** A step as either method has it; `null` where it has none of that track with that opening statement. */
export interface ChangeDifference {
  readonly a: StanceChange | null;
  readonly b: StanceChange | null;
}

/** A statement that weighs, or does, something else by one method than by the other. */
export interface StatementDifference {
  readonly a: PlacedStatement;
  readonly b: PlacedStatement;
}

/** In what two methods differ on one history, and why. */
export interface MethodComparison {
  /** Where the holder stands on the day. */
  readonly a: StanceView;
  readonly b: StanceView;
  /** The steps that differ, by day, then opening statement. */
  readonly changes: readonly ChangeDifference[];
  /** The weightiest first. */
  readonly statements: readonly StatementDifference[];
  /** The numbers that differ and can make a difference to these statements. */
  readonly numbers: readonly NumberDifference[];
}

/** The numbers in which two methods differ, in the order in which they stand. */
export const differingNumbers = (a: Method, b: Method): NumberDifference[] => {
  const others = new Map(numbersOf(b).map(({ path, value }) => [path, value]));
  return numbersOf(a).flatMap(({ path, value }) => {
    const other = others.get(path) ?? value;
    return other === value ? [] : [{ path, a: value, b: other }];
  });
};

const sameView = (a: StanceView, b: StanceView): boolean =>
  a.status === b.status && a.direction === b.direction && a.strength === b.strength && a.since === b.since;

const sameSide = (a: StanceChange['from'], b: StanceChange['from']): boolean =>
  a?.direction === b?.direction && a?.strength === b?.strength;

/** Evidence apart: of that, every other weight makes another one. */
const sameChange = (a: StanceChange, b: StanceChange): boolean =>
  a.kind === b.kind &&
  a.status === b.status &&
  sameSide(a.from, b.from) &&
  sameSide(a.to, b.to) &&
  a.at === b.at &&
  a.confirmedAt === b.confirmedAt &&
  a.withdrawnAt === b.withdrawnAt;

const differingChanges = (a: History, b: History): ChangeDifference[] => {
  const others = new Map(b.changes.map((change) => [changeKey(change), change]));
  const found: ChangeDifference[] = [];
  for (const change of a.changes) {
    const other = others.get(changeKey(change));
    others.delete(changeKey(change));
    if (other === undefined) found.push({ a: change, b: null });
    else if (!sameChange(change, other)) found.push({ a: change, b: other });
  }
  for (const change of others.values()) found.push({ a: null, b: change });
  const first = ({ a: one, b: other }: ChangeDifference): StanceChange | null => one ?? other;
  return found.sort((x, y) => {
    const [one, other] = [first(x), first(y)];
    return one === null || other === null ? 0 : compareChanges(one, other);
  });
};

const heaviest = ({ a, b }: StatementDifference): number => Math.max(a.weight, b.weight);

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const differingStatements = (pairs: readonly StatementDifference[]): StatementDifference[] =>
  pairs
    .filter(({ a, b }) => a.weight !== b.weight || a.role !== b.role)
    .sort((x, y) => heaviest(y) - heaviest(x) || compareIds(x.a.statement.id, y.a.statement.id));

/** The path of the number that a factor is made of; `null` where it is the statement's own. */
const pathOf = ({ name, value }: Factor): string | null => {
  if (name === 'chain') return 'link';
  return name === 'authority' || name === 'directness' || name === 'part' ? `${name}.${value}` : null;
};

/** Whether a value passes one of two thresholds and not the other. */
const between = (value: number, { a, b }: NumberDifference): boolean => atLeast(value, a) !== atLeast(value, b);

/** Whether some day has statements that weigh in several directions. */
const isDivided = (history: History): boolean => {
  let previous: PlacedStatement | null = null;
  for (const one of ownStatements(history)) {
    if (one.weight === 0) continue;
    if (previous?.day === one.day && spokenDirection(previous.statement) !== spokenDirection(one.statement))
      return true;
    previous = one;
  }
  return false;
};

const numbersThatMatter = (a: Told, b: Told, pairs: readonly StatementDifference[]): NumberDifference[] => {
  const used = new Set(pairs.flatMap((pair) => pair.a.factors.map(pathOf)));
  const someWeight = (test: (weight: number) => boolean): boolean =>
    pairs.some((pair) => test(pair.a.weight) || test(pair.b.weight));
  const isWeak = (weight: number): boolean =>
    weight > 0 && !(atLeast(weight, a.method.strong) && atLeast(weight, b.method.strong));

  const matters = (difference: NumberDifference): boolean => {
    switch (difference.path) {
      case 'strong':
        return someWeight((weight) => between(weight, difference));
      case 'enough':
        return someWeight(isWeak);
      case 'least':
        return [a, b].some(({ history }) => history.segments.some(({ weight }) => between(weight, difference)));
      case 'prevailing':
        return [a, b].some(({ history }) => isDivided(history));
      case 'bands.moderate':
      case 'bands.strong':
        return pairs.some(
          ({ a: { statement } }) => statement.strength !== null && between(statement.strength, difference),
        );
      default:
        return used.has(difference.path);
    }
  };
  return differingNumbers(a.method, b.method).filter(matters);
};

/**
 * Compares what two methods make of the same statements of one history: the stance on a day and the set of changes.
 * `null` where these are the same, whatever the weights are.
 */
export const compareHistories = (a: Told, b: Told, day: Day): MethodComparison | null => {
  const views = { a: stanceAt(a.history, day), b: stanceAt(b.history, day) };
  const changes = differingChanges(a.history, b.history);
  if (changes.length === 0 && sameView(views.a, views.b)) return null;
  const others = new Map(b.history.placed.map((one) => [one.statement.id, one]));
  const pairs = a.history.placed.flatMap((one) => {
    const other = others.get(one.statement.id);
    return other === undefined ? [] : [{ a: one, b: other }];
  });
  return { ...views, changes, statements: differingStatements(pairs), numbers: numbersThatMatter(a, b, pairs) };
};
