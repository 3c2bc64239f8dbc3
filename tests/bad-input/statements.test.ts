import { describe } from 'vitest';

import { good } from './support/given.ts';
import type { WrongRequest } from './support/refusal.ts';
import { itRefuses } from './support/table.ts';

const path = '/v1/statements';
const quote = { exact: 'No.', directness: 'direct' };
const { holder: _holder, ...withoutHolder } = good;
const { saidAt: _saidAt, ...withoutDate } = good;
const { direction: _direction, ...withoutDirection } = good;
const loneSurrogate = 'a\ud800b';

const invalid = (rows: readonly (readonly [what: string, body: unknown, at: string, says?: string])[]) =>
  rows.map(([what, body, at, says]): WrongRequest => ({
    what,
    path,
    body,
    code: 'invalid-input',
    at,
    ...(says === undefined ? {} : { says }),
  }));

const types = invalid([
  ['a list in place of a statement', [good], ''],
  ['null in place of a statement', 'null', ''],
  ['a string in place of a statement', '"ann"', ''],
  ['a number in place of a statement', '1e999', ''],
  ['a number for an id', { ...good, holder: 1 }, 'holder'],
  ['null for a field', { ...good, speaker: null }, 'speaker'],
  ['a list for a text', { ...good, condition: ['if'] }, 'condition'],
  ['an object for a list', { ...good, reportedBy: { name: 'x' } }, 'reportedBy'],
  ['a text in a list of objects', { ...good, reportedBy: ['x'] }, 'reportedBy[0]'],
  ['a text for a number', { ...good, strength: '0.5' }, 'strength'],
  ['a truth value for a number', { ...good, certainty: true }, 'certainty'],
  ['a strength above 1', { ...good, strength: 1.000001 }, 'strength'],
  ['a certainty below 0', { ...good, certainty: -1e-9 }, 'certainty'],
  ['a number beyond all numbers', JSON.stringify(good).replace('}', ',"strength":1e999}'), 'strength'],
  ['a fraction for an offset', { ...good, quote: { ...quote, start: 0.5, end: 3.5 } }, 'quote.start'],
  ['an offset beyond all exact numbers', { ...good, quote: { ...quote, start: 2 ** 53, end: 2 ** 53 } }, 'quote.start'],
  ['a direction that there is not', { ...good, direction: 'Support' }, 'direction'],
  ['an act that there is not', { ...good, act: 'constructor' }, 'act'],
  ['an authority that there is not', { ...good, authority: 'god' }, 'authority'],
  ['a part that there is not', { ...good, source: { part: 'footer' } }, 'source.part'],
]);

const texts = invalid([
  ['no holder', withoutHolder, 'holder', 'required'],
  ['an empty id', { ...good, id: '' }, 'id'],
  ['__proto__ as an id', { ...good, id: '__proto__' }, 'id'],
  ['an id with a slash', { ...good, id: 'a/b' }, 'id'],
  ['an id with a line end after it', { ...good, id: 'a\n' }, 'id'],
  ['an id that is not ASCII', { ...good, holder: 'Žofie' }, 'holder'],
  ['an id of 129 characters', { ...good, utteranceId: 'a'.repeat(129) }, 'utteranceId'],
  ['a control character', { ...good, source: { title: 'a\u0007b' } }, 'source.title', 'control characters'],
  ['a line end in a name', { ...good, source: { publisher: 'a\nb' } }, 'source.publisher', 'control characters'],
  ['a zero character', { ...good, quote: { ...quote, exact: 'a\0' } }, 'quote.exact', 'control characters'],
  ['half of a surrogate pair', { ...good, condition: loneSurrogate }, 'condition', 'surrogates'],
  ['half of a surrogate pair in the name of a field', { ...good, [loneSurrogate]: 1 }, 'a�b', 'unknown field'],
  ['a blank name', { ...good, extraction: { method: ' \u00a0' } }, 'extraction.method', 'blank'],
  ['a language that is none', { ...good, language: 'e' }, 'language', 'BCP 47'],
  ['a URL that is a script', { ...good, source: { url: 'javascript:alert(1)' } }, 'source.url', 'http'],
  ['a URL with a space', { ...good, source: { url: 'https://a b' } }, 'source.url', 'http'],
  ['a URL of 2,001 characters', { ...good, source: { url: `https://a/${'b'.repeat(1991)}` } }, 'source.url', '2000'],
  ['a quote of 10,001 characters', { ...good, quote: { ...quote, exact: 'a'.repeat(10_001) } }, 'quote.exact', '10000'],
  ['a quote without its directness', { ...good, quote: { exact: 'No.' } }, 'quote.directness', 'required'],
  ['an empty quote', { ...good, quote: { ...quote, exact: '' } }, 'quote.exact'],
  ['a name of 501 characters', { ...good, source: { title: 'a'.repeat(501) } }, 'source.title', '500'],
  ['21 reporters', { ...good, reportedBy: Array.from({ length: 21 }, () => ({ name: 'x' })) }, 'reportedBy', '20'],
]);

const dates = invalid([
  ['a date that does not exist', { ...good, saidAt: '2023-02-29' }, 'saidAt', 'no such date'],
  ['a month that does not exist', { ...good, saidAt: '2023-13' }, 'saidAt'],
  ['a time that does not exist', { ...good, saidAt: '2023-01-01T24:30:00Z' }, 'saidAt'],
  ['a date as people write it', { ...good, saidAt: '1.2.2023' }, 'saidAt', 'EDTF'],
  ['a date with a space before it', { ...good, saidAt: ' 2023-01-01' }, 'saidAt', 'EDTF'],
  ['a set of dates, which is EDTF level 2', { ...good, saidAt: '{2023-01,2023-02}' }, 'saidAt', 'EDTF'],
  ['an empty date', { ...good, saidAt: '' }, 'saidAt'],
  ['a date in other digits', { ...good, saidAt: '٢٠٢٣' }, 'saidAt', 'EDTF'],
  ['an interval that runs backwards', { ...good, saidAt: '2023-02-01/2023-01-01' }, 'saidAt'],
  ['a day to come, without publishedAt', { ...good, saidAt: '2199-01-01' }, 'saidAt'],
  ['an open end, without publishedAt', { ...good, saidAt: '2023-01-01/..' }, 'saidAt'],
  ['no date at all', withoutDate, 'saidAt'],
  ['words said after they were published', { ...good, source: { publishedAt: '2023-12-31' } }, 'saidAt'],
  ['a publication on no date', { ...good, source: { publishedAt: '2023-99-01' } }, 'source.publishedAt'],
  ['a heldSince that is no date', { ...good, heldSince: 'long ago' }, 'heldSince', 'EDTF'],
]);

const rules = invalid([
  ['no direction', withoutDirection, 'direction', 'required'],
  ['a direction beside an endorsement', { ...good, act: 'endorse', endorses: { holder: 'ann' } }, 'direction'],
  ['an endorsement of nobody', { ...withoutDirection, act: 'endorse' }, 'endorses', 'required'],
  [
    'an endorsement of oneself',
    { ...withoutDirection, act: 'endorse', endorses: { holder: good.holder } },
    'endorses.holder',
    'nobody endorses',
  ],
  ['a disowning of nothing', { ...withoutDirection, act: 'disown' }, 'disowns', 'required'],
  ['endorses without the act', { ...good, endorses: { holder: 'ann' } }, 'endorses'],
  [
    'a disowning of two things',
    { ...withoutDirection, act: 'disown', disowns: { statementId: 'a', utteranceId: 'b' } },
    'disowns',
  ],
  ['the own voice of somebody else', { ...good, speaker: 'bob', authority: 'self' }, 'authority'],
  ['an end without a start', { ...good, quote: { ...quote, end: 3 } }, 'quote.start', 'required'],
  ['offsets that do not fit the quote', { ...good, quote: { ...quote, start: 0, end: 4 } }, 'quote.end', '3 UTF-16'],
  ['an end before the start', { ...good, quote: { ...quote, start: 9, end: 6 } }, 'quote.end'],
]);

const others: readonly WrongRequest[] = [
  { what: 'an actor nobody knows', path, body: { ...good, holder: 'eve' }, code: 'unknown-actor', at: 'holder' },
  { what: 'toString as an actor', path, body: { ...good, holder: 'toString' }, code: 'unknown-actor', at: 'holder' },
  { what: 'a speaker nobody knows', path, body: { ...good, speaker: 'eve' }, code: 'unknown-actor', at: 'speaker' },
  {
    what: 'a proposition nobody knows',
    path,
    body: { ...good, proposition: 'constructor' },
    code: 'unknown-proposition',
    at: 'proposition',
  },
  {
    what: 'an id that stands for another statement',
    path,
    body: { ...good, id: 'said', direction: 'oppose' },
    code: 'statement-conflict',
    says: 'direction',
  },
  {
    what: 'an Idempotency-Key that stands for another statement',
    path,
    headers: { 'idempotency-key': 'said' },
    body: { ...good, direction: 'oppose' },
    code: 'statement-conflict',
  },
  {
    what: 'an Idempotency-Key beside another id',
    path,
    headers: { 'idempotency-key': 'one' },
    body: { ...good, id: 'other' },
    code: 'invalid-input',
    at: 'id',
  },
  {
    what: 'an Idempotency-Key that is no id',
    path,
    headers: { 'idempotency-key': 'not an id' },
    body: good,
    code: 'invalid-input',
    at: 'idempotency-key',
  },
  {
    what: 'results without lines',
    path: `${path}?results=errors`,
    body: good,
    code: 'invalid-input',
    at: 'results',
  },
  {
    what: 'createMissing that is neither true nor false',
    path: `${path}?createMissing=1`,
    body: good,
    code: 'invalid-input',
    at: 'createMissing',
  },
  {
    what: 'a statement of more than 64 KiB',
    path,
    body: { ...good, condition: 'a'.repeat(64 * 1024) },
    code: 'too-large',
    says: '65536',
  },
];

describe('statements', () => {
  itRefuses([...types, ...texts, ...dates, ...rules, ...others]);
});
