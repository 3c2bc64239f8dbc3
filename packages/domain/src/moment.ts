import {
  groupOf,
  ownWords,
  outweighs,
  recordedVote,
  runningText,
  shortened,
  underKey,
  utteranceOf,
} from './account.ts';
import type { Account } from './account.ts';
import { atLeast, rounded } from './approximate.ts';
import type { BandCode } from './band.ts';
import type { Day } from './day.ts';
import { mixed, none } from './direction.ts';
import type { DirectionCode } from './direction.ts';
import type { Method } from './method.ts';

/** What one holder said about one proposition on one day, summed up. */
export interface Moment {
  readonly day: Day;
  /** The first by id of its statements, whatever they weigh. */
  readonly openedBy: string;
  /** `none` where it opens and adds nothing: without weight, or contested without an account that prevails. */
  readonly direction: DirectionCode;
  /** What it adds for its direction. */
  readonly weight: number;
  /** Accounts of one utterance differ in direction. */
  readonly contested: boolean;
  /** Uncontested, with an utterance of its direction that weighs `strong`. */
  readonly strong: boolean;
  /** What its utterances weigh, by direction code. */
  readonly weights: readonly number[];
  /** Mixed because no direction holds enough of the weight. */
  readonly divided: boolean;
  /** The band of its stated strength, `-1` where there is none. */
  readonly band: BandCode;
  readonly bandWeight: number;
  readonly bandStrong: boolean;
  /** The accounts that decide it, by id: recorded votes alone where there are any. */
  readonly accounts: readonly Account[];
}

/** Headlines, teasers and captions attach to the heaviest running text of their document. */
const attached = (accounts: readonly Account[]): readonly Account[] => {
  if (!accounts.some((account) => (account[4] & shortened) !== 0)) return accounts;
  const texts = new Map<string, Account>();
  for (const account of accounts) {
    const document = account[7];
    if (document === undefined || (account[4] & runningText) === 0) continue;
    const best = texts.get(document);
    if (best === undefined || outweighs(account, best)) texts.set(document, account);
  }
  if (texts.size === 0) return accounts;
  return accounts.map((account) => {
    if ((account[4] & shortened) === 0 || account[7] === undefined || account[1].startsWith('u')) return account;
    const text = texts.get(account[7]);
    return text === undefined ? account : underKey(account, utteranceOf(text));
  });
};

/**
 * Accounts that name no publisher depend on the one that another account of their document names (of several the first by
 * id): otherwise the same document would count twice.
 */
const underPublishers = (accounts: readonly Account[]): readonly Account[] => {
  if (!accounts.some(([, , , , , group]) => group?.startsWith('d'))) return accounts;
  const publishers = new Map<string, string>();
  for (const [, , , , , group, , document] of accounts) {
    if (document === undefined || group?.startsWith('p') !== true) continue;
    const ofDocument = groupOf(null, document);
    if (!publishers.has(ofDocument)) publishers.set(ofDocument, group);
  }
  return publishers.size === 0 ? accounts : accounts.map((account) => withGroup(account, publishers));
};

const withGroup = (account: Account, publishers: ReadonlyMap<string, string>): Account => {
  const publisher = publishers.get(account[5] ?? '');
  if (publisher === undefined) return account;
  const [id, key, direction, weight, marks, , band = -1] = account;
  return [id, key, direction, weight, marks, publisher, band];
};

/** What accounts come to, by value of a column (direction, band); an utterance weighs once a value, at its highest. */
interface Sums {
  /** The weight of the utterances: what decides between the values. */
  readonly shares: number[];
  /** The weight of the independent utterances, each group of dependent ones at its heaviest: what the moment adds. */
  readonly totals: number[];
  readonly heaviest: number[];
}

const sumsBy = (accounts: readonly Account[], valueOf: (account: Account) => number, size: number): Sums => {
  const voices = new Map<string, { readonly value: number; heaviest: Account; own: boolean }>();
  for (const account of accounts) {
    const value = valueOf(account);
    if (value < 0) continue;
    const key = `${value}${utteranceOf(account)}`;
    const voice = voices.get(key);
    const own = (account[4] & ownWords) !== 0;
    if (voice === undefined) voices.set(key, { value, heaviest: account, own });
    else {
      if (outweighs(account, voice.heaviest)) voice.heaviest = account;
      voice.own ||= own;
    }
  }
  const groups = new Map<string, { readonly value: number; weight: number }>();
  const heaviest = Array.from({ length: size }, () => 0);
  const shares = Array.from({ length: size }, () => 0);
  for (const [key, voice] of voices) {
    const weight = voice.heaviest[3];
    const by = voice.heaviest[5] ?? '';
    const groupKey = voice.own || by === '' ? `u${key}` : `g${voice.value}${by}`;
    const group = groups.get(groupKey);
    if (group === undefined) groups.set(groupKey, { value: voice.value, weight });
    else if (weight > group.weight) group.weight = weight;
    shares[voice.value] = (shares[voice.value] ?? 0) + weight;
    if (weight > (heaviest[voice.value] ?? 0)) heaviest[voice.value] = weight;
  }
  const totals = Array.from({ length: size }, () => 0);
  for (const { value, weight } of groups.values()) totals[value] = (totals[value] ?? 0) + weight;
  return { shares: shares.map(rounded), totals: totals.map(rounded), heaviest };
};

const isContested = (accounts: readonly Account[]): boolean => {
  const directions = new Map<string, DirectionCode>();
  for (const account of accounts) {
    if (account[2] === none) continue;
    const utterance = utteranceOf(account);
    const other = directions.get(utterance);
    if (other === undefined) directions.set(utterance, account[2]);
    else if (other !== account[2]) return true;
  }
  return false;
};

/** The value that holds the prevailing share of the weight, or -1. */
const prevailing = (totals: readonly number[], method: Method): number => {
  const all = totals.reduce((sum, weight) => sum + weight, 0);
  return all === 0 ? -1 : totals.findIndex((weight) => weight > 0 && atLeast(weight, method.prevailing * all));
};

const weightless: readonly number[] = [0, 0, 0, 0];

const momentOfOne = (day: Day, account: Account, method: Method): Moment => {
  const [id, , direction, weight] = account;
  const band = account[6] ?? -1;
  const strong = weight > 0 && atLeast(weight, method.strong);
  return {
    day,
    openedBy: id,
    direction,
    weight,
    contested: false,
    strong,
    weights: direction === none ? weightless : weightless.map((_, code) => (code === direction ? weight : 0)),
    divided: false,
    band,
    bandWeight: band === -1 ? 0 : weight,
    bandStrong: band !== -1 && strong,
    accounts: [account],
  };
};

/** Sums a moment up. `accounts` is not empty and stands in the order of the statements' ids. */
export const momentOf = (day: Day, accounts: readonly Account[], method: Method): Moment => {
  const [first] = accounts;
  if (first === undefined) throw new RangeError('a moment has at least one statement');
  if (accounts.length === 1) return momentOfOne(day, first, method);
  const votes = accounts.filter((account) => (account[4] & recordedVote) !== 0 && account[3] > 0);
  const deciding = votes.length > 0 ? votes : underPublishers(attached(accounts));
  const contested = isContested(deciding);
  const { shares: weights, totals, heaviest } = sumsBy(deciding, (account) => account[2], 4);
  const holding = prevailing(weights, method);
  const divided = holding === -1 && !contested && weights.some((weight) => weight > 0);
  const direction = divided ? mixed : holding;
  const weight = divided ? allButHeaviestOther(totals) : (totals[direction] ?? 0);
  const strength = sumsBy(deciding, (account) => (account[2] === direction ? (account[6] ?? -1) : -1), 3);
  const band = direction === none ? -1 : prevailing(strength.shares, method);
  const isStrong = (most: number | undefined): boolean =>
    !contested && most !== undefined && most > 0 && atLeast(most, method.strong);
  return {
    day,
    openedBy: first[0],
    direction,
    weight,
    contested,
    strong: isStrong(heaviest[direction]),
    weights,
    divided,
    band,
    bandWeight: strength.totals[band] ?? 0,
    bandStrong: isStrong(strength.heaviest[band]),
    accounts: deciding,
  };
};

const allButHeaviestOther = (totals: readonly number[]): number => {
  const all = totals.reduce((sum, weight) => sum + weight, 0);
  return rounded(all - Math.max(...totals.filter((_, code) => code !== mixed)));
};

/** The accounts that speak for their utterance and direction: the heaviest of each. The others only repeat them. */
export const speakingAccounts = ({ accounts }: Moment): readonly Account[] => {
  if (accounts.length === 1) return accounts;
  const heaviest = new Map<string, Account>();
  for (const account of accounts) {
    const key = `${account[2]}${utteranceOf(account)}`;
    const other = heaviest.get(key);
    if (other === undefined || outweighs(account, other)) heaviest.set(key, account);
  }
  return [...heaviest.values()];
};
