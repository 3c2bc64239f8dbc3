import { bandCode } from './band.ts';
import type { BandCode } from './band.ts';
import { directionCode, none } from './direction.ts';
import type { DirectionCode } from './direction.ts';
import type { KnownStatement, Part } from './known-statement.ts';
import type { Method } from './method.ts';
import { isRecordedVote, spokenDirection, standingWeightOf, weightOf } from './weight.ts';

/** What is true of an account besides its numbers, as bits of `marks`. */
export const ownWords = 1;
export const recordedVote = 2;
export const shortened = 4;
export const runningText = 8;

/**
 * A statement as an account of an utterance, reduced to what a moment needs of it; short, because tails carry it.
 * `key` tells utterances of one day apart (empty: the statement alone); `group` is whom it depends on (empty: nobody
 * but its utterance); `document` is there where headlines and running text of one document must find each other, and
 * where an account says what its document's publisher is.
 */
export type Account = readonly [
  id: string,
  key: string,
  direction: DirectionCode,
  weight: number,
  marks: number,
  group?: string,
  band?: BandCode,
  document?: string,
];

export const isShortened = (part: Part | null): boolean =>
  part === 'headline' || part === 'teaser' || part === 'caption';
export const isRunningText = (part: Part | null): boolean => part === 'lead' || part === 'body';

/** A date of one day. */
export const isDayExact = (statement: KnownStatement): boolean => statement.said.earliest === statement.said.latest;

/**
 * What tells the utterance of a statement from others of its day, copies and attached headlines apart: `utteranceId`;
 * else speaker, said interval (where it is not the day) and quote, or without a quote the document; else nothing.
 */
export const keyOf = (statement: KnownStatement): string => {
  if (statement.utteranceId !== null) return `u${statement.utteranceId}`;
  const place = statement.words === null ? statement.document : statement.words;
  if (place === null) return '';
  const { earliest, latest } = statement.said;
  const said = earliest === latest ? '' : `${earliest ?? ''}/${latest}`;
  return `${statement.words === null ? 'd' : 'q'}${said}\n${statement.speaker}\n${place}`;
};

/** The utterance an account belongs to within its moment. */
export const utteranceOf = (account: Account): string => (account[1] === '' ? `s${account[0]}` : account[1]);

/** On whom an account depends: its publisher, else its document. */
export const groupOf = (publisher: string | null, document: string | null): string => {
  if (publisher !== null) return `p${publisher}`;
  return document === null ? '' : `d${document}`;
};

const marksOf = (statement: KnownStatement): number => {
  let marks = 0;
  if (isRecordedVote(statement)) marks |= recordedVote | ownWords;
  else if (statement.authority === 'self' && statement.directness === 'direct') marks |= ownWords;
  if (isShortened(statement.part)) marks |= shortened;
  else if (isRunningText(statement.part)) marks |= runningText;
  return marks;
};

/** Where a copy comes from: what the original's publisher and document are, as far as known. */
export interface Origin {
  readonly publisher: string | null;
  readonly document: string | null;
}

/** The account a statement gives, before what it points at is looked up; `key` and `origin` say otherwise for copies. */
export const accountOf = (
  statement: KnownStatement,
  method: Method,
  key: string = keyOf(statement),
  origin: Origin = statement,
): Account => {
  const weight = standingWeightOf(statement, method);
  const direction = weight > 0 ? directionCode(statement.direction) : none;
  const marks = marksOf(statement);
  // The holder's own direct words depend on nobody, but may tell the publisher of what others said in their document.
  const named = origin.publisher !== null && origin.document !== null && (marks & recordedVote) === 0;
  const group = (marks & ownWords) === 0 || named ? groupOf(origin.publisher, origin.document) : '';
  const band = weight > 0 ? bandCode(statement.strength, method) : -1;
  const document = named ? origin.document : (marks & (shortened | runningText)) === 0 ? null : statement.document;
  if (document !== null) return [statement.id, key, direction, weight, marks, group, band, document];
  if (band !== -1) return [statement.id, key, direction, weight, marks, group, band];
  return group === ''
    ? [statement.id, key, direction, weight, marks]
    : [statement.id, key, direction, weight, marks, group];
};

/** The same account with what the statement points at. */
export const groundedAccount = (account: Account, statement: KnownStatement, method: Method): Account => {
  const weight = weightOf(statement, method);
  const [id, key, , , marks, group = '', , document] = account;
  const direction = weight > 0 ? directionCode(spokenDirection(statement)) : none;
  const band = direction === none ? -1 : bandCode(statement.strength, method);
  return document === undefined
    ? [id, key, direction, weight, marks, group, band]
    : [id, key, direction, weight, marks, group, band, document];
};

/** The same account as one of another utterance, to which nothing attaches any more by document. */
export const underKey = (account: Account, key: string): Account => {
  const [id, , direction, weight, marks, group = '', band = -1, document] = account;
  const textless = marks & ~(shortened | runningText);
  return document === undefined
    ? [id, key, direction, weight, textless, group, band]
    : [id, key, direction, weight, textless, group, band, document];
};

/** Whether an account is heavier than another; of equally heavy ones the lower id goes first. */
export const outweighs = (a: Account, b: Account): boolean => (a[3] === b[3] ? a[0] < b[0] : a[3] > b[3]);
