import type { ListedChange } from '@stance/client';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Band } from '../browser/data/bands.ts';
import { bandsAsCsv, bandsAsNdjson } from '../browser/download/band-data.ts';
import { csvField } from '../browser/download/csv.ts';

const band: Band = {
  holder: 'ann',
  holderName: 'Ann, "the first"',
  proposition: 'tax',
  propositionText: '=1+1 should be two.',
  spans: [
    { direction: 'support', strength: 'strong', from: 0, to: 31, status: 'confirmed' },
    { direction: 'oppose', strength: null, from: 31, to: null, status: 'provisional' },
  ],
  withdrawn: [],
  changes: [
    { id: 'c-1', status: 'confirmed' },
    {
      id: 'c-2',
      status: 'withdrawn',
      to: { direction: 'neutral', strength: null },
      at: { edtf: '1970-03-01' },
      withdrawnAt: { edtf: '1970-04-01' },
    },
  ] as unknown as readonly ListedChange[],
};

/** Reads one line of CSV as RFC 4180 has it. */
const fieldsOf = (line: string): readonly string[] =>
  [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );

describe('a field of CSV', () => {
  test('is what it was when it is read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
        fc.pre(!/^[=+\-@\t\r]/.test(one) && !/^[=+\-@\t\r]/.test(other));
        expect(fieldsOf(`${csvField(one)},${csvField(other)}`)).toEqual([one, other]);
      }),
    );
  });

  test.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', `'\t=1`],
  ])('that a spreadsheet would run is marked as text: %s', (given, field) => {
    expect(csvField(given)).toBe(field);
  });

  test('that is a number stays one, and what is nothing is empty', () => {
    expect([csvField(-5), csvField(null), csvField('')]).toEqual(['-5', '', '']);
  });
});

test('bands as CSV have a line for each span and each change that came to nothing, under the names of the columns', () => {
  expect(bandsAsCsv([band]).split('\r\n')).toEqual([
    '\uFEFFholder,holderName,proposition,propositionText,direction,strength,from,to,status',
    `ann,"Ann, ""the first""",tax,'=1+1 should be two.,support,strong,1970-01-01,1970-02-01,confirmed`,
    `ann,"Ann, ""the first""",tax,'=1+1 should be two.,oppose,,1970-02-01,,provisional`,
    `ann,"Ann, ""the first""",tax,'=1+1 should be two.,neutral,,1970-03-01,1970-04-01,withdrawn`,
    '',
  ]);
});

test('bands as NDJSON have a line for each change, as it was told', () => {
  const lines = bandsAsNdjson([band, band]).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([...band.changes, ...band.changes]);
});
