import { accountOf, isDayExact } from './account.ts';
import type { Account } from './account.ts';
import { byCondition } from './condition.ts';
import { changeKey } from './change.ts';
import type { ChangeKey, StanceChange } from './change.ts';
import type { Day } from './day.ts';
import type { KnownStatement } from './known-statement.ts';
import type { Method } from './method.ts';
import { momentOf } from './moment.ts';
import type { Moment } from './moment.ts';
import { atOnce } from './pieces.ts';
import { placementOf } from './placement.ts';
import type { Gathering } from './placement.ts';
import { nothingSeen, refersTo, tokensOf, withTokens } from './seen.ts';
import type { Seen, Token } from './seen.ts';
import { openChanges, step, undecided } from './stance-steps.ts';
import type { ChangeListener, StanceState } from './stance-steps.ts';

/** The last moment of a history, to which more may be added. */
export type OpenMoment = readonly [
  day: Day,
  /** By statement id. */
  accounts: readonly Account[],
  /** What later statements could refer to in it. */
  tokens?: readonly Token[],
  /** 1 where an utterance of it has accounts of other days, copies or a vague date. */
  closed?: 1,
];

/**
 * All that one more statement at the end of a history needs: what the moments before the last one come to, the last one
 * itself, and what was seen. Plain JSON, the same for the same statements. It does not grow with the number of closed
 * moments, statements or changes, but for strength steps settled in a direction that is not confirmed yet.
 */
export type Tail = readonly [
  state: StanceState,
  open: OpenMoment | null,
  seen: Seen | null,
  /** Where an account stands on an earlier day than its own: the last such day, if not before the last moment. */
  displaced?: Day,
];

/** What a statement at the end changes in the set. */
export interface TailStep {
  readonly tail: Tail;
  /** New or different changes; each replaces the one with its key. */
  readonly changed: readonly StanceChange[];
  readonly removed: readonly ChangeKey[];
}

/**
 * How many accounts the last moment may have. One more statement costs as much as all of them together, so that with many
 * it takes less to fold the whole history once a batch.
 */
const mostOpen = 64;

export const emptyTail: Tail = [undecided, null, null];

const deaf: ChangeListener = { change: () => undefined, remove: () => undefined };

const compareTokens = (a: Token, b: Token): number => a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);

/** In order, each once. */
const gathered = (tokens: readonly Token[]): readonly Token[] =>
  [...tokens]
    .sort(compareTokens)
    .filter((token, index, sorted) => index === 0 || compareTokens(token, sorted[index - 1] ?? token) !== 0);

const openMoment = (day: Day, accounts: readonly Account[], tokens: readonly Token[], plain: boolean): OpenMoment => {
  if (!plain) return [day, accounts, tokens, 1];
  return tokens.length === 0 ? [day, accounts] : [day, accounts, tokens];
};

const addToSeen = (seen: Seen | null, tokens: readonly Token[]): Seen | null =>
  tokens.length === 0 ? seen : withTokens(seen ?? nothingSeen, tokens);

/**
 * The tail of a whole history: what `extendTail` gives, statement by statement. `null` where its last moment has too many
 * accounts to go on from: until a later day is spoken of, the history must be folded anew.
 */
export const tailOf = (statements: readonly KnownStatement[], method: Method): Tail | null => {
  const { gatherings, unplaced } = atOnce(placementOf(byCondition(statements).unconditional, method));
  const last = gatherings.at(-1);
  if (last === undefined) return emptyTail;
  if (last.members.length > mostOpen) return null;
  let state: StanceState = undecided;
  let seen: Seen | null = null;
  for (const { day, members } of gatherings) {
    if (day === last.day) break;
    ({ state } = step(
      state,
      momentOf(
        day,
        members.map(({ account }) => account),
        method,
      ),
      method,
      deaf,
    ));
    for (const { statement } of members) seen = addToSeen(seen, tokensOf(statement));
  }
  for (const statement of unplaced) seen = addToSeen(seen, tokensOf(statement));
  const tokens = gathered(last.members.flatMap(({ statement }) => tokensOf(statement)));
  const accounts = last.members.map(({ account }) => account);
  const open = openMoment(last.day, accounts, tokens, last.plain);
  const displaced = lastDisplaced(gatherings);
  return displaced >= last.day ? [state, open, seen, displaced] : [state, open, seen];
};

const lastDisplaced = (gatherings: readonly Gathering[]): Day => {
  let latest = -Infinity;
  for (const { day, members, plain } of gatherings) {
    if (plain) continue;
    for (const { statement } of members)
      if (statement.said.latest > day) latest = Math.max(latest, statement.said.latest);
  }
  return latest;
};

type Told = ReadonlyMap<string, StanceChange>;

/** The changes that were open before a moment, and what it makes of them. */
const told = (open: readonly StanceChange[], state: StanceState, moment: Moment | null, method: Method): Told => {
  const changes = new Map<string, StanceChange>();
  for (const change of open) changes.set(changeKey(change), change);
  if (moment !== null) {
    step(state, moment, method, {
      change: (change) => void changes.set(changeKey(change), change),
      remove: (key) => void changes.delete(changeKey(key)),
    });
  }
  return changes;
};

/** What changes in the set where `after` takes the place of `before` as the moment that follows a state. */
const difference = (tail: Tail, state: StanceState, before: Moment | null, after: Moment, method: Method): TailStep => {
  const open = openChanges(state);
  const toldBefore = told(open, state, before, method);
  const toldAfter = told(open, state, after, method);
  const changed: StanceChange[] = [];
  for (const [key, change] of toldAfter) {
    if (toldBefore.get(key) !== change) changed.push(change);
  }
  const removed: ChangeKey[] = [];
  for (const [key, { track, openedBy }] of toldBefore) {
    if (!toldAfter.has(key)) removed.push({ track, openedBy });
  }
  return { tail, changed, removed };
};

/** Whether the open moment alone says what utterance a statement of its day belongs to. */
const mayJoin = (open: OpenMoment, statement: KnownStatement): boolean => {
  if (open[3] === 1) return false;
  return open[2] === undefined || !open[2].some(([kind, name]) => kind === 3 && name === statement.document);
};

const withAccount = (accounts: readonly Account[], account: Account): Account[] => {
  const at = accounts.findIndex(([id]) => id > account[0]);
  return at === -1 ? [...accounts, account] : accounts.toSpliced(at, 0, account);
};

const opening = (statement: KnownStatement, method: Method): { readonly open: OpenMoment; readonly moment: Moment } => {
  const { latest } = statement.said;
  if (isDayExact(statement)) {
    const accounts = [accountOf(statement, method)];
    return {
      open: openMoment(latest, accounts, tokensOf(statement), true),
      moment: momentOf(latest, accounts, method),
    };
  }
  const accounts = atOnce(placementOf([statement], method)).gatherings.flatMap(({ members }) =>
    members.map(({ account }) => account),
  );
  return {
    open: openMoment(latest, accounts, gathered(tokensOf(statement)), false),
    moment: momentOf(latest, accounts, method),
  };
};

/** What it comes to is not told by this history's unconditional statements alone. */
const needsMore = ({ condition, pointsAt, disowns, disownedBy }: KnownStatement): boolean =>
  condition !== null || pointsAt !== null || disowns !== null || disownedBy !== null;

/**
 * One more statement at the end of a history (`tail` must not have it yet): the tail after it and what it changes in the
 * set of changes. `null` where it is not at the end, belongs together with what the tail no longer knows, or is one too
 * many of its day: then the history must be folded anew.
 */
export const extendTail = (tail: Tail, statement: KnownStatement, method: Method): TailStep | null => {
  const [state, open, seen, displaced] = tail;
  if (needsMore(statement) || statement.copyOf !== null) return null;
  if (displaced !== undefined && statement.said.latest <= displaced) return null;
  if (seen !== null && refersTo(seen, statement)) return null;
  const { latest } = statement.said;
  if (open === null) {
    const next = opening(statement, method);
    return difference([state, next.open, seen], state, null, next.moment, method);
  }
  // Where a vague date belongs depends on all the days within it.
  if (!isDayExact(statement)) return null;
  const moment = momentOf(open[0], open[1], method);
  if (latest > open[0]) {
    if (open[2] !== undefined && refersTo(withTokens(nothingSeen, open[2]), statement)) return null;
    const closed = step(state, moment, method, deaf).state;
    const next = opening(statement, method);
    const grown: Tail = [closed, next.open, addToSeen(seen, open[2] ?? [])];
    return difference(grown, closed, null, next.moment, method);
  }
  if (latest < open[0] || open[1].length >= mostOpen || !mayJoin(open, statement)) return null;
  const accounts = withAccount(open[1], accountOf(statement, method));
  const tokens = gathered([...(open[2] ?? []), ...tokensOf(statement)]);
  const grown: Tail = [state, openMoment(latest, accounts, tokens, true), seen];
  return difference(grown, state, moment, momentOf(latest, accounts, method), method);
};
