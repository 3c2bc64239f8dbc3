import { describe } from 'vitest';

import { good } from './support/given.ts';
import type { WrongRequest } from './support/refusal.ts';
import { itRefuses } from './support/table.ts';

const text = JSON.stringify(good);
const path = '/v1/statements';
const within = (json: string): string => text.replace('"2024-01-01"', json);
const bytes = (...pieces: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece))));

const malformed: readonly WrongRequest[] = (
  [
    ['no text at all', '', 'empty'],
    ['spaces only', '  \n ', 'line 2, column 2'],
    ['a text that breaks off', text.slice(0, -1), `line 1, column ${text.length}`],
    ['a comma too many', within('"2024-01-01",'), 'expected property name, found "}"'],
    ['single quotes', "{'holder': 'ann'}", 'line 1, column 2'],
    ['a comment', `/* a note */ ${text}`, 'line 1, column 1'],
    ['NaN', within('NaN'), 'found "N"'],
    ['a number with a leading zero', within('01'), 'found "1"'],
    ['two values', `${text}\n${text}`, 'line 2, column 1'],
    ['a line end in a string', within('"2024\n"'), 'well-formed string'],
    ['a zero byte in a string', within('"\0"'), 'well-formed string'],
    ['a byte order mark in the middle', `\ufeff{"holder":\ufeff"ann"}`, 'line 1, column 11'],
    ['an escape that there is not', within(String.raw`"\x41"`), 'well-formed string'],
    ['half an escape', within(String.raw`"\u12"`), 'well-formed string'],
    ['a form instead', 'holder=ann&proposition=tax', 'line 1, column 1'],
  ] as const
).map(([what, body, says]) => ({ what, path, body, code: 'malformed-json', says }));

const wrongEncoding: readonly WrongRequest[] = [
  { what: 'bytes that are not UTF-8', path, body: bytes('{"holder":"', [0xc3, 0x28], '"}'), says: 'byte 11' },
  { what: 'a lone surrogate as bytes', path, body: bytes('{"holder":"', [0xed, 0xa0, 0x80], '"}'), says: 'byte 11' },
  { what: 'an overlong slash', path, body: bytes('{"holder":"', [0xc0, 0xaf], '"}'), says: 'byte 11' },
  { what: 'UTF-16', path, body: bytes([0xff, 0xfe], [...Buffer.from(text, 'utf16le')]), says: 'byte 0' },
  {
    what: 'another charset',
    path,
    body: text,
    headers: { 'content-type': 'application/json; charset=iso-8859-1' },
    says: 'iso-8859-1',
  },
].map((wrong) => ({ ...wrong, code: 'wrong-encoding' as const }));

const misleading: readonly WrongRequest[] = (
  [
    ['a field given twice', `{"holder":"eve",${text.slice(1)}`, 'holder', 'more than once'],
    [
      'a field given twice inside another',
      within('"2024-01-01","source":{"id":"a","id":"b"}'),
      'source.id',
      'more than',
    ],
    [
      'a field given twice, once by an escape',
      within(String.raw`"2024-01-01","hold\u0065r":"eve"`),
      'holder',
      'more than once',
    ],
    ['a field that there is not', within('"2024-01-01","mood":"grim"'), 'mood', 'unknown field'],
    ['a field in the wrong case', text.replace('holder', 'Holder'), 'Holder', 'unknown field'],
    ['__proto__', within('"2024-01-01","__proto__":{"id":"x"}'), '__proto__', 'not allowed'],
    ['__proto__ inside', within('"2024-01-01","source":{"__proto__":{}}'), 'source.__proto__', 'not allowed'],
    [
      'a constructor with a prototype',
      within('"2024-01-01","constructor":{"prototype":{}}'),
      'constructor.prototype',
      'not allowed',
    ],
    ['a constructor', within('"2024-01-01","constructor":1'), 'constructor', 'unknown field'],
    ['what all objects have', within('"2024-01-01","toString":"x","hasOwnProperty":1'), 'toString', 'unknown field'],
    ['many levels of arrays', within(`${'['.repeat(1000)}${']'.repeat(1000)}`), 'saidAt[0][0][0]', 'levels deep'],
    ['many levels of objects', within(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`), 'saidAt.a.a.a', 'levels deep'],
  ] as const
).map(([what, body, at, says]) => ({ what, path, body, code: 'invalid-input', at, says }));

describe('JSON text', () => {
  itRefuses([...malformed, ...wrongEncoding, ...misleading]);
});
