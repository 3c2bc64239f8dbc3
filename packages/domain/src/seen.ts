import type { KnownStatement } from './known-statement.ts';
import { isRunningText, isShortened } from './account.ts';

/**
 * What a later statement could refer back to, as far as a tail may know without growing: for each kind of name a Bloom
 * filter of fixed size (`null` until something is in it). It may claim to have seen what it has not (then the history is
 * folded anew, at some cost), never the other way round.
 */
export type Filter = readonly number[] | null;
export type Seen = readonly [utterances: Filter, shortened: Filter, texts: Filter, originals: Filter];

export const nothingSeen: Seen = [null, null, null, null];

/** A name that a later statement could refer to, with the kind it is of. */
export type Token = readonly [kind: 0 | 1 | 2 | 3, name: string];

const words = 32;
const probes = 4;

/** FNV-1a; the second half of the probes comes from the same hash, stirred. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
};

const stirred = (value: number): number => {
  const half = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  return ((half ^ (half >>> 15)) | 1) >>> 0;
};

const placesOf = (name: string): number[] => {
  const start = hash(name);
  const stride = stirred(start);
  return Array.from({ length: probes }, (_, probe) => (start + probe * stride) % (words * 32));
};

const withName = (filter: Filter, name: string): readonly number[] => {
  const bits = filter === null ? Array.from({ length: words }, () => 0) : [...filter];
  for (const place of placesOf(name)) bits[place >>> 5] = ((bits[place >>> 5] ?? 0) | (1 << (place & 31))) >>> 0;
  return bits;
};

const hasName = (filter: Filter, name: string | null): boolean =>
  filter !== null &&
  name !== null &&
  placesOf(name).every((place) => ((filter[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0);

/** What later statements could refer to in a statement; empty for most. */
export const tokensOf = ({ utteranceId, part, document, copyOf }: KnownStatement): readonly Token[] => {
  if (utteranceId === null && copyOf === null && (document === null || part === null)) return none;
  const tokens: Token[] = [];
  if (utteranceId !== null) tokens.push([0, utteranceId]);
  if (document !== null && isShortened(part) && utteranceId === null) tokens.push([1, document]);
  if (document !== null && isRunningText(part)) tokens.push([2, document]);
  if (copyOf !== null) tokens.push([3, copyOf]);
  return tokens;
};

const none: readonly Token[] = [];

export const withTokens = (seen: Seen, tokens: readonly Token[]): Seen => {
  if (tokens.length === 0) return seen;
  const filters = [...seen];
  for (const [kind, name] of tokens) filters[kind] = withName(filters[kind] ?? null, name);
  const [utterances = null, shortened = null, texts = null, originals = null] = filters;
  return [utterances, shortened, texts, originals];
};

/** Whether a statement may belong together with one that was seen. */
export const refersTo = (seen: Seen, { utteranceId, part, document }: KnownStatement): boolean =>
  hasName(seen[0], utteranceId) ||
  (isRunningText(part) && hasName(seen[1], document)) ||
  (utteranceId === null && isShortened(part) && hasName(seen[2], document)) ||
  hasName(seen[3], document);
