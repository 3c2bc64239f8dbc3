import type { ListedChange } from '@stance/client';
import { describe, expect, test } from 'vitest';

import { bandsOf, extentOf } from '../browser/data/bands.ts';
import { dayOf } from '../browser/data/days.ts';

let made = 0;

const change = (day: string | null, direction: 'support' | 'oppose', more: Partial<ListedChange> = {}): ListedChange =>
  ({
    id: `c-${made++}`,
    holder: 'ann',
    holderName: 'Ann',
    proposition: 'tax',
    propositionText: 'The tax should go.',
    track: 'direction',
    kind: 'first',
    status: 'confirmed',
    from: null,
    to: { direction, strength: null },
    at: { edtf: day ?? '..', earliest: day, latest: day },
    evidence: [],
    ...more,
  }) as ListedChange;

const day = (iso: string): number => dayOf(iso) ?? Number.NaN;

describe('the bands of changes', () => {
  test('are one for each history, whatever order the changes come in', () => {
    const first = change('2020-01-01', 'support');
    const second = change('2021-01-01', 'oppose');
    const other = change('2020-06-01', 'oppose', { holder: 'bob', holderName: 'Bob' });
    for (const changes of [
      [first, second, other],
      [other, second, first],
    ]) {
      const bands = bandsOf(changes);
      expect(bands.map(({ holderName }) => holderName).toSorted()).toEqual(['Ann', 'Bob']);
      expect(bands.find(({ holder }) => holder === 'ann')?.spans).toEqual([
        { direction: 'support', strength: null, status: 'confirmed', from: day('2020-01-01'), to: day('2021-01-01') },
        { direction: 'oppose', strength: null, status: 'confirmed', from: day('2021-01-01'), to: null },
      ]);
    }
  });

  test('have what is provisional stand over what is confirmed, and end nothing', () => {
    const [band] = bandsOf([
      change('2020-01-01', 'support'),
      change('2021-01-01', 'oppose', { status: 'provisional' }),
    ]);
    expect(band?.spans.map(({ status, to }) => [status, to])).toEqual([
      ['confirmed', null],
      ['provisional', null],
    ]);
  });

  test('keep apart what was withdrawn', () => {
    const [band] = bandsOf([change('2021-01-01', 'oppose', { status: 'withdrawn' })]);
    expect(band).toMatchObject({ spans: [], withdrawn: [day('2021-01-01')] });
  });

  test('leave out what depends on a condition, and what has no day', () => {
    expect(bandsOf([change('2020-01-01', 'support', { condition: 'if it rains' })])).toEqual([]);
    expect(bandsOf([change(null, 'support')])[0]?.spans).toEqual([]);
  });

  test('are called by the id where there is no name', () => {
    const { holderName: _name, propositionText: _text, ...bare } = change('2020-01-01', 'support');
    expect(bandsOf([bare as ListedChange])[0]).toMatchObject({ holderName: 'ann', propositionText: 'tax' });
  });
});

describe('the days that are to be seen', () => {
  test('reach from the first change to the day that is looked from, or to the last change after it', () => {
    const bands = bandsOf([change('2020-01-01', 'support'), change('2021-01-01', 'oppose')]);
    expect(extentOf(bands, day('2024-01-01'))).toEqual([day('2020-01-01'), day('2024-01-01')]);
    expect(extentOf(bands, day('2020-06-01'))).toEqual([day('2020-01-01'), day('2021-01-01')]);
  });

  test('are some, even where there is one day or none', () => {
    const [first, last] = extentOf(bandsOf([change('2020-01-01', 'support')]), day('2020-01-01'));
    expect(last).toBeGreaterThan(first);
    expect(extentOf([], 100)).toEqual([-265, 100]);
  });
});
