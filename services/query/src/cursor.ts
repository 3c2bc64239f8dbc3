import { createHash } from 'node:crypto';

import { ProblemError } from '@stance/contracts';

/** Where a list goes on, and everything that makes it the same list. */
export interface Cursor {
  /** The list it belongs to. */
  readonly list: string;
  /** The parameters of the first page, as text. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The position that the first page was answered at. */
  readonly knownAt: number;
  /** Whether `knownAt` was left out, so that what the feed says of today belongs to the answer. */
  readonly live: boolean;
  /** The day that the first page was answered for. */
  readonly day: number;
  /** The key of the last item. */
  readonly key: readonly number[];
}

const checksumOf = (payload: string): string => createHash('sha256').update(payload).digest('base64url').slice(0, 11);

export const encodeCursor = ({ list, parameters, knownAt, live, day, key }: Cursor): string => {
  const payload = Buffer.from(JSON.stringify([1, list, parameters, knownAt, live, day, key])).toString('base64url');
  return `${payload}.${checksumOf(payload)}`;
};

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

const isTexts = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');

const parsePayload = (payload: string): unknown => {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
};

const invalid = (detail: string): ProblemError =>
  new ProblemError('invalid-cursor', { detail, errors: [{ path: 'after', message: detail }] });

/**
 * Reads the cursor of a list whose keys have so many parts.
 *
 * @throws ProblemError `invalid-cursor` where it was not made by `encodeCursor` for this list.
 */
export const decodeCursor = (text: string, list: string, keyLength: number): Cursor => {
  const dot = text.indexOf('.');
  const payload = text.slice(0, Math.max(dot, 0));
  if (payload === '' || checksumOf(payload) !== text.slice(dot + 1)) {
    throw invalid('The cursor is damaged: `after` takes a `next` exactly as it was given.');
  }
  const content = parsePayload(payload);
  if (Array.isArray(content)) {
    const [version, ofList, parameters, knownAt, live, day, key] = content as unknown[];
    if (version === 1 && typeof ofList === 'string' && ofList !== list) {
      throw invalid(`The cursor is one of another list (${ofList}).`);
    }
    const keyFits = Array.isArray(key) && key.length === keyLength && key.every(isWhole);
    if (
      version === 1 &&
      isTexts(parameters) &&
      isWhole(knownAt) &&
      typeof live === 'boolean' &&
      isWhole(day) &&
      keyFits
    ) {
      return { list, parameters, knownAt, live, day, key };
    }
  }
  throw invalid('The cursor is of another version of this service: begin the list anew.');
};

/**
 * Checks that parameters given beside a cursor are those of its first page.
 *
 * @throws ProblemError `invalid-cursor` where one is another.
 */
export const checkParameters = (cursor: Cursor, given: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(given)) {
    if (cursor.parameters[name] === value) continue;
    if (name === 'knownAt' && value === String(cursor.knownAt)) continue;
    throw invalid(`The cursor was made with another \`${name}\`: a list keeps its parameters on all pages.`);
  }
};
