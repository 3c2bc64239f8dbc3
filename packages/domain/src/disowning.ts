import { changeKey } from './change.ts';
import type { StanceChange } from './change.ts';
import type { KnownStatement } from './known-statement.ts';

/** Whether a statement takes something back. One made under a condition takes nothing back yet. */
export const isDisowning = ({ disowns, condition }: KnownStatement): boolean => disowns !== null && condition === null;

const earlier = (a: KnownStatement, b: KnownStatement): boolean =>
  a.said.latest === b.said.latest ? a.id < b.id : a.said.latest < b.said.latest;

const keep = (map: Map<string, KnownStatement>, key: string, disowning: KnownStatement): void => {
  const known = map.get(key);
  if (known === undefined || earlier(disowning, known)) map.set(key, disowning);
};

/**
 * The statements of one holder, those marked that the same holder takes back. A disowning is not taken back by another
 * one: that would have to be followed for ever. Of several the one said first is named.
 *
 * @param disownings all known of the holder, on whatever proposition: an utterance may be about several
 */
export const withDisownings = (
  statements: readonly KnownStatement[],
  disownings: readonly KnownStatement[],
): readonly KnownStatement[] => {
  const effective = disownings.filter(isDisowning);
  if (effective.length === 0) return statements;
  const byStatement = new Map<string, KnownStatement>();
  const byUtterance = new Map<string, KnownStatement>();
  for (const disowning of effective) {
    const { disowns } = disowning;
    if (disowns === null) continue;
    if ('statementId' in disowns) keep(byStatement, disowns.statementId, disowning);
    else keep(byUtterance, disowns.utteranceId, disowning);
  }
  return statements.map((statement) => {
    if (statement.act === 'disown') return statement;
    const one = byStatement.get(statement.id);
    const all = statement.utteranceId === null ? undefined : byUtterance.get(statement.utteranceId);
    const by = one === undefined || (all !== undefined && earlier(all, one)) ? all : one;
    return by === undefined ? statement : { ...statement, disownedBy: { id: by.id, day: by.said.latest } };
  });
};

/** The changes that only the fold without disownings has, and that a disowned statement opened: withdrawn with it. */
export const disownedChanges = (
  without: readonly StanceChange[],
  current: readonly StanceChange[],
  statements: readonly KnownStatement[],
): StanceChange[] => {
  const there = new Set(current.map(changeKey));
  const disowned = new Map(
    statements.flatMap(({ id, disownedBy }) => (disownedBy === null ? [] : [[id, disownedBy] as const])),
  );
  return without.flatMap((change): StanceChange[] => {
    const disownedBy = disowned.get(change.openedBy);
    if (disownedBy === undefined || there.has(changeKey(change))) return [];
    const withdrawnAt = Math.max(change.at, disownedBy.day);
    return [{ ...change, status: 'withdrawn', confirmedAt: null, withdrawnAt, disownedBy: disownedBy.id }];
  });
};
