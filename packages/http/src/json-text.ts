import { isUtf8 } from 'node:buffer';

import { formatPath, ProblemError } from '@stance/contracts';

import { findJsonFault } from './json-fault.ts';

export interface JsonTextOptions {
  /** How many objects and arrays may stand inside each other. */
  readonly maxDepth: number;
}

const refuse = (path: readonly PropertyKey[], message: string): never => {
  const place = formatPath(path);
  throw new ProblemError('invalid-input', {
    detail: place === '' ? `The input ${message}.` : `The input ${message} (at ${place}).`,
    errors: [{ path: place, message }],
  });
};

/** Refuses what JSON text may hold but no schema should have to think of: prototype names and excessive depth. */
const checkValue = (value: unknown, path: PropertyKey[], maxDepth: number): void => {
  if (typeof value !== 'object' || value === null) return;
  if (path.length >= maxDepth) refuse(path.slice(0, 4), `is nested more than ${maxDepth} levels deep`);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      if (typeof item !== 'object' || item === null) continue;
      path.push(index);
      checkValue(item, path, maxDepth);
      path.pop();
    }
    return;
  }
  for (const [key, item] of Object.entries(value) as [string, unknown][]) {
    if (key === '__proto__') refuse([...path, key], 'has a field with a name that is not allowed');
    if (typeof item !== 'object' || item === null) continue;
    path.push(key);
    if (key === 'constructor' && Object.hasOwn(item, 'prototype')) {
      refuse([...path, 'prototype'], 'has a field with a name that is not allowed');
    }
    checkValue(item, path, maxDepth);
    path.pop();
  }
};

/**
 * The value of a JSON text in UTF-8; a byte order mark at its start is skipped.
 *
 * @throws ProblemError `wrong-encoding` where the bytes are not UTF-8; `malformed-json`, with line and column, where
 *   the text is not JSON; `invalid-input` where it is too deep or holds `__proto__` or `constructor.prototype`.
 */
export const parseJsonText = (bytes: Buffer, options: JsonTextOptions): unknown => {
  if (!isUtf8(bytes)) {
    throw new ProblemError('wrong-encoding', { detail: `The body is not UTF-8 (byte ${firstBadByte(bytes)}).` });
  }
  const hasMark = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = hasMark ? bytes.toString('utf8', 3) : bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const fault = findJsonFault(text);
    const detail =
      fault === null
        ? 'The body is not JSON.'
        : text.length === 0
          ? 'The body is empty; JSON is expected.'
          : `The body is not JSON: line ${fault.line}, column ${fault.column}: expected ${fault.expected}${found(text, fault.offset)}.`;
    throw new ProblemError('malformed-json', { detail, cause });
  }
  checkValue(value, [], options.maxDepth);
  return value;
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
