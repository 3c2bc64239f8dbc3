import { isRunningText, isShortened } from './account.ts';
import type { StanceDirection } from './direction.ts';
import { ownStatements } from './history.ts';
import type { ContestedMoment, DisputedAccount, History } from './history.ts';
import type { KnownStatement } from './known-statement.ts';
import { originalsOf } from './original.ts';
import { atOnce } from './pieces.ts';
import { resolutionOf, settlingsOf } from './resolution.ts';
import type { Resolution } from './resolution.ts';

/**
 * Between whom a dispute is, the first that fits: the headline, teaser or caption of a document against its running
 * text; one publisher against another; one document with itself; else just two accounts.
 */
export type DisputeKind = 'headline-against-text' | 'outlets' | 'same-document' | 'accounts';

/** A contested moment, and how it went on. */
export interface Dispute {
  readonly moment: ContestedMoment;
  readonly kind: DisputeKind;
  /** What settled it since, `null` where it stands open. */
  readonly resolution: Resolution | null;
}

/** Where an account was read; a copy counts as its original. */
interface Place {
  readonly document: string | null;
  readonly publisher: string | null;
  readonly shortened: boolean;
  readonly runningText: boolean;
}

/** Whether two of the groups disagree, by the directions that each was given. */
const disagree = (groups: Iterable<ReadonlySet<StanceDirection>>): boolean => {
  const all = [...groups];
  return all.length > 1 && new Set(all.flatMap((group) => [...group])).size > 1;
};

/** The directions that accounts were given, by what tells them apart; those of which nothing does are left out. */
const directionsBy = (
  accounts: readonly DisputedAccount[],
  nameOf: (account: DisputedAccount) => string | null,
): Map<string, Set<StanceDirection>> => {
  const groups = new Map<string, Set<StanceDirection>>();
  for (const account of accounts) {
    const name = nameOf(account);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, new Set([account.direction]));
    else group.add(account.direction);
  }
  return groups;
};

/** The accounts of each utterance whose accounts disagree. */
const disputedUtterances = ({ accounts }: ContestedMoment): DisputedAccount[][] => {
  const utterances = new Map<string, DisputedAccount[]>();
  for (const account of accounts) {
    const known = utterances.get(account.utterance);
    if (known === undefined) utterances.set(account.utterance, [account]);
    else known.push(account);
  }
  return [...utterances.values()].filter((of) => new Set(of.map(({ direction }) => direction)).size > 1);
};

const isHeadlineAgainstText = (
  accounts: readonly DisputedAccount[],
  placeOf: (account: DisputedAccount) => Place | undefined,
): boolean => {
  const documents = new Map<string, DisputedAccount[]>();
  for (const account of accounts) {
    const document = placeOf(account)?.document ?? null;
    if (document === null) continue;
    const known = documents.get(document);
    if (known === undefined) documents.set(document, [account]);
    else known.push(account);
  }
  const classOf = (account: DisputedAccount): string | null => {
    const place = placeOf(account);
    if (place?.shortened === true) return 'shortened';
    return place?.runningText === true ? 'text' : null;
  };
  return [...documents.values()].some((of) => disagree(directionsBy(of, classOf).values()));
};

const kindOf = (
  utterances: readonly (readonly DisputedAccount[])[],
  placeOf: (account: DisputedAccount) => Place | undefined,
): DisputeKind => {
  if (utterances.some((accounts) => isHeadlineAgainstText(accounts, placeOf))) return 'headline-against-text';
  const among = (nameOf: (place: Place | undefined) => string | null) =>
    utterances.map((accounts) => directionsBy(accounts, (account) => nameOf(placeOf(account))));
  if (among((place) => place?.publisher ?? null).some((groups) => disagree(groups.values()))) return 'outlets';
  const withinOne = among((place) => place?.document ?? null).some((documents) =>
    [...documents.values()].some(({ size }) => size > 1),
  );
  return withinOne ? 'same-document' : 'accounts';
};

/**
 * Every contested moment of a history in order, with its kind and with what settled it since. A correction or a
 * retraction that takes the disagreement away needs nothing here: the moment is contested no more.
 */
export const disputesOf = (history: History): Dispute[] => {
  if (history.contested.length === 0) return [];
  const statements = new Map<string, KnownStatement>(
    ownStatements(history).map(({ statement }) => [statement.id, statement]),
  );
  const { rootOf, originOf } = atOnce(originalsOf([...statements.values()]));
  const placeOf = ({ statementId }: DisputedAccount): Place | undefined => {
    const statement = statements.get(statementId);
    if (statement === undefined) return undefined;
    const root = rootOf(statement);
    const { document, publisher } = root === null ? statement : originOf(root);
    const { part } = statement;
    return { document, publisher, shortened: isShortened(part), runningText: isRunningText(part) };
  };
  const settlings = settlingsOf(history);
  return history.contested.map((moment) => {
    const utterances = disputedUtterances(moment);
    const directions = new Set(utterances.flat().map(({ direction }) => direction));
    return {
      moment,
      kind: kindOf(utterances, placeOf),
      resolution: resolutionOf(settlings, moment.day, directions),
    };
  });
};
