import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { matrixOf, shareOf } from '../browser/data/agreement-matrix.ts';
import type { Agreement } from '../browser/data/agreement-matrix.ts';
import { lackOf } from '../browser/data/comparison-lack.ts';
import { standingRows } from '../browser/data/standings.ts';
import { matrixAsCsv, matrixAsNdjson } from '../browser/download/matrix-data.ts';
import { percentInWords } from '../browser/text/numbers.ts';

const pair = (a: string, b: string, agree: number, both: number): Agreement => ({
  a,
  b,
  both,
  agree,
  oppose: both - agree,
  other: 0,
  movedTogether: 0,
});

const holders = [{ id: 'ann', name: 'Ann' }, { id: 'bob' }, { id: 'eve', name: '=Eve, "E"' }];

describe('the matrix of agreement', () => {
  it('has each pair from either side, and nobody with themselves', () => {
    const { rows } = matrixOf(holders, [pair('ann', 'bob', 1, 2), pair('ann', 'eve', 0, 2), pair('bob', 'eve', 2, 2)]);
    expect(rows.map((row) => row.map((one) => one?.agree ?? null))).toEqual([
      [null, 1, 0],
      [1, null, 2],
      [0, 2, null],
    ]);
  });

  it('takes the id where there is no name', () => {
    expect(matrixOf(holders, []).holders.map(({ name }) => name)).toEqual(['Ann', 'bob', '=Eve, "E"']);
  });

  it('is the same turned over', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const pairs = ids.flatMap((a, index) => ids.slice(index + 1).map((b) => [a, b] as const));
    fc.assert(
      fc.property(fc.subarray(pairs), fc.integer({ min: 1, max: 5 }), (told, count) => {
        const { rows } = matrixOf(
          ids.slice(0, count).map((id) => ({ id })),
          told.map(([a, b]) => pair(a, b, 1, 2)),
        );
        for (const [row, pairsOfRow] of rows.entries())
          for (const [column, one] of pairsOfRow.entries()) expect(rows[column]?.[row]).toBe(one);
      }),
    );
  });

  it('says nothing of a share where two have nothing in common', () => {
    expect(shareOf({ agree: 0, both: 0 })).toBeNull();
    expect(shareOf({ agree: 1, both: 4 })).toBe(0.25);
  });
});

describe('the matrix as a file', () => {
  const matrix = matrixOf(holders, [pair('bob', 'ann', 1, 2), pair('ann', 'eve', 0, 0)]);

  it('is CSV with each pair once, what a spreadsheet would run marked as text', () => {
    expect(matrixAsCsv(matrix).split('\r\n')).toEqual([
      '\uFEFFa,aName,b,bName,both,agree,oppose,other,share,movedTogether',
      'bob,bob,ann,Ann,2,1,1,0,0.5,0',
      `ann,Ann,eve,"'=Eve, ""E""",0,0,0,0,,0`,
      '',
    ]);
  });

  it('is NDJSON with each pair once', () => {
    const lines = matrixAsNdjson(matrix).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { a: 'bob', bName: 'Ann', share: 0.5 },
      { b: 'eve', share: null },
    ]);
  });
});

describe('who stands where', () => {
  it('is a row for each proposition, in the order of the holders', () => {
    const stance = (holder: string, proposition: string) => ({ holder, proposition, now: null });
    const rows = standingRows({
      holders,
      propositions: [{ id: 'tea', text: 'Tea is good.' }, { id: 'rum' }],
      stances: [stance('eve', 'tea'), stance('ann', 'tea'), stance('bob', 'rum')],
    });
    expect(rows.map((row) => [row.propositionText, ...row.stances.map((one) => one?.holder ?? null)])).toEqual([
      ['Tea is good.', 'ann', null, 'eve'],
      ['rum', null, 'bob', null],
    ]);
  });
});

describe('what is lacking for a comparison', () => {
  const many = Array.from({ length: 51 }, (_, index) => `h${index}`);
  it.each([
    [{ holders: [] }, 'subject'],
    [{ holders: ['ann'], topic: 't', proposition: 'p' }, 'both'],
    [{ holders: [], topic: 't' }, 'holders'],
    [{ holders: many, topic: 't' }, 'many'],
    [{ holders: [], proposition: 'p' }, null],
    [{ holders: ['ann', 'bob'], topic: 't' }, null],
  ])('of %j is told before it is asked for: %s', (compared, lack) => {
    expect(lackOf(compared)).toBe(lack);
  });
});

describe('a share in percent', () => {
  it('says neither all nor nothing where it is not quite', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map((share) => percentInWords(share).replaceAll(/\D/g, ''))).toEqual([
      '0',
      '1',
      '50',
      '99',
      '100',
    ]);
  });
});
