import { accountOf, isDayExact, isRunningText, isShortened, keyOf, outweighs, underKey } from './account.ts';
import type { Account } from './account.ts';
import type { Day } from './day.ts';
import type { KnownStatement, Part } from './known-statement.ts';
import type { Method } from './method.ts';
import { isCopy, noOriginals, originalsOf } from './original.ts';
import type { Originals } from './original.ts';
import { aPiece } from './pieces.ts';
import type { Pieces } from './pieces.ts';

/** A statement and the account it gives. */
export interface Member {
  readonly statement: KnownStatement;
  readonly account: Account;
  /** The document it is a copy of, through all copies between, or `null`. */
  readonly root: string | null;
}

/** One act of speaking, with all accounts of it. */
export interface Utterance {
  /** The narrowest of its statements' dates; of equally narrow ones the earliest. */
  readonly earliest: Day | null;
  readonly latest: Day;
  readonly members: readonly Member[];
  /** All its accounts are of its own day, and none is a copy: a tail can find its other accounts by itself. */
  readonly plain: boolean;
}

/** Among all days: what `keyOf` leaves out, because it goes without saying within one. */
const globalKey = (statement: KnownStatement): string => {
  const key = keyOf(statement);
  if (key === '') return `s${statement.id}`;
  return key.startsWith('u') || !isDayExact(statement) ? key : `${statement.said.latest}${key}`;
};

const partClass = (part: Part | null): string => (isShortened(part) ? (part ?? '') : 'text');

/** The statement of the original that a copy's statement repeats: same speaker, same words, same kind of part. */
const likeOf = (copy: Member, originals: readonly Member[]): Member | null => {
  const rank = ({ statement }: Member): number =>
    (statement.said.earliest === copy.statement.said.earliest && statement.said.latest === copy.statement.said.latest
      ? 2
      : 0) + (statement.direction === copy.statement.direction ? 1 : 0);
  let like: Member | null = null;
  for (const other of originals) {
    if (other.statement.speaker !== copy.statement.speaker || other.statement.words !== copy.statement.words) continue;
    if (partClass(other.statement.part) !== partClass(copy.statement.part)) continue;
    const better = like === null ? 1 : rank(other) - rank(like);
    if (better > 0 || (better === 0 && like !== null && outweighs(other.account, like.account))) like = other;
  }
  return like;
};

/** Whether what a statement says of itself tells its utterance; a copy, or what may attach to running text, does not. */
const speaksForItself = ({ statement, root }: Member): boolean =>
  root === null && (statement.document === null || statement.utteranceId !== null || !isShortened(statement.part));

const ownKey = ({ statement }: Member): string => globalKey(statement);

/** Tells the key of each statement's utterance among all days, where not every statement speaks for itself. */
function* keysOf(members: readonly Member[]): Pieces<(member: Member) => string> {
  const keys = new Map<Member, string>();
  const originals = new Map<string, Member[]>();
  const texts = new Map<string, Member>();
  let passed = 0;
  for (const member of members) {
    if (++passed % aPiece === 0) yield;
    const { document, part } = member.statement;
    if (document === null) continue;
    if (member.root === null) {
      const known = originals.get(document);
      if (known === undefined) originals.set(document, [member]);
      else known.push(member);
    }
    if (!isRunningText(part)) continue;
    const best = texts.get(document);
    if (best === undefined || outweighs(member.account, best.account)) texts.set(document, member);
  }
  const attachedTo = ({ statement, root }: Member): Member | undefined =>
    (statement.document === null ? undefined : texts.get(statement.document)) ??
    (root === null ? undefined : texts.get(root));
  const resolve = (member: Member): void => {
    const { statement, root } = member;
    if (statement.utteranceId !== null) {
      keys.set(member, globalKey(statement));
      return;
    }
    const like = root === null ? null : likeOf(member, originals.get(root) ?? []);
    const target = like ?? (isShortened(statement.part) ? attachedTo(member) : undefined);
    const own = root === null ? globalKey(statement) : `c${root}\n${statement.speaker}\n${statement.words ?? ''}`;
    keys.set(member, (target === undefined ? undefined : keys.get(target)) ?? own);
  };
  // Each may only point at what an earlier round has resolved: text, its copies, what attaches to text, copies of that.
  for (const shortened of [false, true]) {
    for (const copied of [false, true]) {
      for (const member of members) {
        if (isShortened(member.statement.part) === shortened && (member.root !== null) === copied) resolve(member);
        if (++passed % aPiece === 0) yield;
      }
    }
  }
  return (member) => keys.get(member) ?? ownKey(member);
}

/** An utterance while its accounts are gathered. */
interface Draft {
  earliest: Day | null;
  latest: Day;
  readonly members: Member[];
  plain: boolean;
}

const alone = (member: Member): Draft => ({
  earliest: member.statement.said.earliest,
  latest: member.statement.said.latest,
  members: [member],
  plain: isDayExact(member.statement) && member.root === null,
});

const widthOf = ({ earliest, latest }: { readonly earliest: Day | null; readonly latest: Day }): number =>
  earliest === null ? Infinity : latest - earliest;

const join = (draft: Draft, member: Member): void => {
  const { said } = member.statement;
  draft.plain &&= member.root === null && said.earliest === draft.earliest && said.latest === draft.latest;
  draft.members.push(member);
  const width = widthOf(said);
  if (width < widthOf(draft) || (width === widthOf(draft) && said.latest < draft.latest)) {
    draft.earliest = said.earliest;
    draft.latest = said.latest;
  }
};

/** Under a key of its own, so that no other utterance of its moment is taken for it. */
const keyed = (utterance: Utterance, key: string): Utterance => {
  if (utterance.plain) return utterance;
  const members = utterance.members.map((member) => ({ ...member, account: underKey(member.account, `x${key}`) }));
  return { ...utterance, members };
};

const memberOf = (statement: KnownStatement, { rootOf, isCopied, originOf }: Originals, method: Method): Member => {
  const root = rootOf(statement);
  const { publisher, document } = statement;
  const original = root ?? (publisher === null && document !== null && isCopied(document) ? document : null);
  const account =
    original === null
      ? accountOf(statement, method)
      : accountOf(statement, method, keyOf(statement), originOf(original));
  return { statement, account, root };
};

/** Gathers statements into utterances. The result depends on what is known, never on the order it came in. */
export function* utterancesOf(statements: readonly KnownStatement[], method: Method): Pieces<Utterance[]> {
  const originals = statements.some(isCopy) ? yield* originalsOf(statements) : noOriginals;
  const members: Member[] = [];
  for (const statement of statements) {
    members.push(memberOf(statement, originals, method));
    if (members.length % aPiece === 0) yield;
  }
  const keyOfMember = members.every(speaksForItself) ? ownKey : yield* keysOf(members);
  const utterances: Utterance[] = [];
  const drafts = new Map<string, Draft>();
  let passed = 0;
  for (const member of members) {
    if (member.account[1] === '' && speaksForItself(member)) utterances.push(alone(member));
    else {
      const key = keyOfMember(member);
      const draft = drafts.get(key);
      if (draft === undefined) drafts.set(key, alone(member));
      else join(draft, member);
    }
    if (++passed % aPiece === 0) yield;
  }
  for (const [key, draft] of drafts) {
    utterances.push(keyed(draft, key));
    if (utterances.length % aPiece === 0) yield;
  }
  return utterances;
}
