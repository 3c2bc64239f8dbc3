import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { findJsonFault } from '../src/json-fault.ts';
import { parseJsonText, readJson } from '../src/json-text.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** JSON texts with a few characters taken out, put in or doubled. */
const damaged = fc
  .tuple(
    fc.json(),
    fc.nat(),
    fc.nat({ max: 3 }),
    fc.constantFrom('', '"', '{', '}', ']', ',', ':', '\\', '\n', '1', 'e', '-', '\u0000'),
  )
  .map(([text, at, length, inserted]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + inserted + text.slice(start + length);
  });

describe('a fault in JSON', () => {
  test('is found exactly where JSON.parse finds one', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        expect(findJsonFault(text) === null).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('is named by line and column', () => {
    expect(findJsonFault('{\n  "a": 1,\n  b: 2}')).toEqual({
      offset: 14,
      line: 3,
      column: 3,
      expected: 'property name',
    });
    expect(findJsonFault('["a')).toMatchObject({ line: 1, column: 2, expected: 'a well-formed string' });
    expect(findJsonFault('1 2')).toMatchObject({ column: 3, expected: 'end' });
  });
});

describe('JSON text', () => {
  test('gives what JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!text.includes('__proto__') && !text.includes('constructor'));
        expect(parseJsonText(Buffer.from(text), { maxDepth: 100 })).toEqual(JSON.parse(text));
      }),
    );
  });

  test('may be as deep as allowed, and no deeper', () => {
    const nested = (levels: number): Buffer => Buffer.from('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));
    expect(() => parseJsonText(nested(5), { maxDepth: 5 })).not.toThrow();
    expect(() => parseJsonText(nested(6), { maxDepth: 5 })).toThrow('more than 5 levels');
  });

  test.each([
    ['a stray byte', Buffer.from([0x22, 0xff, 0x22]), 1],
    ['a character cut off', Buffer.from([0x22, 0xc3]), 1],
    ['an overlong form', Buffer.from([0x22, 0x61, 0xc0, 0xaf, 0x22]), 2],
  ])('with %s is not UTF-8, and the place is said', (_what, bytes, at) => {
    expect(() => parseJsonText(bytes, { maxDepth: 5 })).toThrow(`(byte ${at})`);
  });
});

describe('a name that stands twice in an object', () => {
  const withoutNamesInStrings = fc.json().filter((text) => !text.includes('__proto__'));

  test('is not found where there is none, whatever the strings hold', () => {
    fc.assert(
      fc.property(withoutNamesInStrings, fc.string(), (text, string) => {
        const nested = `{ "a" : ${text}, ${JSON.stringify(`b${string}`)}:{"a":["x\\":1,", {"a": 1}, {"a": 2}]} }`;
        expect(readJson(nested, 'body', { maxDepth: 100 })).toEqual(JSON.parse(nested));
      }),
    );
  });

  test.each([
    ['at the top', '{"a":1,"b":2,"a":1}', 'a'],
    ['with blanks before the colon', '{"a" :1,"a"\n\t:1}', 'a'],
    ['spelled in two ways', String.raw`{"a":1,"\u0061":1}`, 'a'],
    ['inside', '{"a":1,"b":[{"a":1},{"c":{"a":1,"a":2}}]}', 'b[1].c.a'],
    ['beside a string that looks like a name', String.raw`{"x":"\":","a":[],"a":{}}`, 'a'],
  ])('is found %s', (_where, text, path) => {
    expect(() => readJson(text, 'line', { maxDepth: 10 })).toThrow(`has a field more than once (at ${path})`);
  });
});
