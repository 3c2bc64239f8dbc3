import { atLeast } from './approximate.ts';
import type { Day } from './day.ts';
import type { StanceDirection } from './direction.ts';
import { foldInPieces } from './fold.ts';
import { ownStatements } from './history.ts';
import type { History } from './history.ts';
import type { KnownStatement } from './known-statement.ts';
import type { Method } from './method.ts';
import { atOnce } from './pieces.ts';
import type { Pieces } from './pieces.ts';

/** A stretch of days on which the words tell one direction and the votes another. */
export interface Parting {
  readonly from: Day;
  /** Its last day, `null` where it lasts. */
  readonly to: Day | null;
  readonly says: StanceDirection;
  readonly does: StanceDirection;
}

/** What one holder's words alone come to, what the votes alone, and where they part. */
export interface SaysAndDoes {
  readonly says: History;
  readonly does: History;
  readonly parts: readonly Parting[];
}

const isVote = ({ act }: KnownStatement): boolean => act === 'vote';

const upTo = (a: Day | null, b: Day | null): Day | null => (a === null ? b : b === null ? a : Math.min(a, b));

/** The stretches on which two histories have stances of different directions, neither of them insufficient. */
export const partingsOf = (says: History, does: History): Parting[] => {
  const sufficient = ({ segments, method }: History) => segments.filter(({ weight }) => atLeast(weight, method.least));
  const said = sufficient(says);
  const done = sufficient(does);
  const parts: Parting[] = [];
  for (let s = 0, d = 0; ;) {
    const one = said[s];
    const other = done[d];
    if (one === undefined || other === undefined) return parts;
    const from = Math.max(one.from, other.from);
    const to = upTo(one.to, other.to);
    if (one.direction !== other.direction && (to === null || from <= to)) {
      const last = parts.at(-1);
      const goesOn =
        last !== undefined && last.to === from - 1 && last.says === one.direction && last.does === other.direction;
      if (goesOn) parts.pop();
      parts.push({ from: goesOn ? last.from : from, to, says: one.direction, does: other.direction });
    }
    if (to === null) return parts;
    if (one.to === to) s += 1;
    if (other.to === to) d += 1;
  }
};

/** `saysAndDoes` in pieces. */
export function* saysAndDoesInPieces(history: History, method: Method): Pieces<SaysAndDoes | null> {
  const own = ownStatements(history);
  const weighs = (vote: boolean): boolean =>
    own.some(({ statement, weight }) => weight > 0 && isVote(statement) === vote);
  if (!weighs(true) || !weighs(false)) return null;
  const statements = own.map(({ statement }) => statement);
  const says = yield* foldInPieces(
    statements.filter((statement) => !isVote(statement)),
    method,
  );
  const does = yield* foldInPieces(statements.filter(isVote), method);
  return { says, does, parts: partingsOf(says, does) };
}

/**
 * Votes and words side by side, each folded by itself by the method that the history was folded by; `null` where the
 * history does not hold both, with some weight each. What was said or voted under a condition is left out.
 */
export const saysAndDoes = (history: History, method: Method): SaysAndDoes | null =>
  atOnce(saysAndDoesInPieces(history, method));
