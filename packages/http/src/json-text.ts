import { isUtf8 } from 'node:buffer';

import { formatPath, ProblemError } from '@stance/contracts';

import { findJsonFault } from './json-fault.ts';
import { findRepeatedName } from './json-names.ts';

export interface JsonTextOptions {
  /** How many objects and arrays may stand inside each other. */
  readonly maxDepth: number;
}

/** What a text is, in words. */
export type JsonText = 'body' | 'line' | 'file';

const refuse = (path: readonly PropertyKey[], message: string): never => {
  const place = formatPath(path);
  throw new ProblemError('invalid-input', {
    detail: place === '' ? `The input ${message}.` : `The input ${message} (at ${place}).`,
    errors: [{ path: place, message }],
  });
};

/**
 * Refuses what JSON text may hold but no schema should have to think of: prototype names and excessive depth.
 *
 * @returns how many names the objects in it have, all together
 */
const checkValue = (value: object, path: PropertyKey[], maxDepth: number): number => {
  if (path.length >= maxDepth) refuse(path.slice(0, 4), `is nested more than ${maxDepth} levels deep`);
  let names = 0;
  const checkInside = (step: PropertyKey, item: object): void => {
    path.push(step);
    if (step === 'constructor' && Object.hasOwn(item, 'prototype')) {
      refuse([...path, 'prototype'], 'has a field with a name that is not allowed');
    }
    names += checkValue(item, path, maxDepth);
    path.pop();
  };
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      if (typeof item === 'object' && item !== null) checkInside(index, item);
    }
    return names;
  }
  // What JSON.parse makes inherits nothing that a loop would meet.
  for (const name in value) {
    names += 1;
    if (name === '__proto__') refuse([...path, name], 'has a field with a name that is not allowed');
    const item = (value as Record<string, unknown>)[name];
    if (typeof item === 'object' && item !== null) checkInside(name, item);
  }
  return names;
};

/** What is wrong with a text that `JSON.parse` has refused, and where. */
const malformed = (text: string, what: JsonText, cause: unknown): ProblemError => {
  if (text.length === 0) {
    return new ProblemError('malformed-json', { detail: `The ${what} is empty; JSON is expected.`, cause });
  }
  const fault = findJsonFault(text);
  if (fault === null) return new ProblemError('malformed-json', { detail: `The ${what} is not JSON.`, cause });
  const { line, column, expected, offset } = fault;
  const place = what === 'line' ? `column ${column}` : `line ${line}, column ${column}`;
  return new ProblemError('malformed-json', {
    detail: `The ${what} is not JSON: ${place}: expected ${expected}${found(text, offset)}.`,
    cause,
  });
};

/**
 * The value of a JSON text that is a whole body or file, or one line of many.
 *
 * @throws ProblemError `malformed-json`, with line and column, where the text is not JSON; `invalid-input` where it is
 *   too deep, where an object has a name twice, or where it holds `__proto__` or `constructor.prototype`.
 */
export const readJson = (text: string, what: JsonText, { maxDepth }: JsonTextOptions): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw malformed(text, what, cause);
  }
  const names = typeof value === 'object' && value !== null ? checkValue(value, [], maxDepth) : 0;
  const repeated = findRepeatedName(text, names);
  if (repeated !== null) refuse(repeated, 'has a field more than once');
  return value;
};

/**
 * The value of a JSON text in UTF-8; a byte order mark at its start is skipped.
 *
 * @throws ProblemError `wrong-encoding` where the bytes are not UTF-8; else what `readJson` throws.
 */
export const parseJsonText = (
  bytes: Buffer,
  options: JsonTextOptions,
  what: Exclude<JsonText, 'line'> = 'body',
): unknown => {
  if (!isUtf8(bytes)) {
    throw new ProblemError('wrong-encoding', { detail: `The ${what} is not UTF-8 (byte ${firstBadByte(bytes)}).` });
  }
  const hasMark = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return readJson(hasMark ? bytes.toString('utf8', 3) : bytes.toString('utf8'), what, options);
};

const found = (text: string, offset: number): string => {
  const codePoint = text.codePointAt(offset);
  return codePoint === undefined ? ', found the end' : `, found ${JSON.stringify(String.fromCodePoint(codePoint))}`;
};

/** The offset of the first byte that does not go on as UTF-8: the longest well-formed prefix, found by halving. */
const firstBadByte = (bytes: Buffer): number => {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    // A prefix may end inside a character: up to three bytes more are looked at before it is called bad.
    const wellFormed = [0, 1, 2, 3].some((more) => isUtf8(bytes.subarray(0, Math.min(middle + more, bytes.length))));
    if (wellFormed) good = middle;
    else bad = middle;
  }
  return good;
};
