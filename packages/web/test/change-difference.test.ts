import type { ListedChange } from '@stance/client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { byHistory, differencesOf, toldLast, unknownUntil } from '../browser/data/change-difference.ts';
import type { KnownChanges } from '../browser/data/change-difference.ts';
import { isoOf } from '../browser/data/days.ts';

const date = (iso: string): ListedChange['at'] => ({ edtf: iso, earliest: iso, latest: iso });

const change = (id: string, more: Partial<ListedChange> = {}): ListedChange => ({
  id,
  holder: 'ann',
  proposition: 'tea',
  track: 'direction',
  kind: 'first',
  from: null,
  to: { direction: 'support', strength: null },
  at: date('2024-05-01'),
  status: 'provisional',
  openedBy: 's1',
  evidence: [],
  detectedAt: null,
  revision: null,
  method: { name: 'default', version: 1 },
  ...more,
});

const all = (...changes: ListedChange[]): KnownChanges => ({ changes, isCut: false });
const cut = (...changes: ListedChange[]): KnownChanges => ({ changes, isCut: true });

describe('the difference of two sets of changes', () => {
  it('tells what is new, what is gone, and what is told otherwise', () => {
    const before = all(change('stays'), change('confirmed-since'), change('gone'));
    const now = all(
      change('new'),
      change('stays'),
      change('confirmed-since', { status: 'confirmed', confirmedAt: date('2024-06-01') }),
    );
    expect(differencesOf(before, now).map((one) => [one.mark, toldLast(one).id])).toEqual([
      ['new', 'new'],
      ['otherwise', 'confirmed-since'],
      ['gone', 'gone'],
    ]);
  });

  it('names in what two tellings differ', () => {
    const before = all(change('c', { to: { direction: 'support', strength: 'weak' } }));
    const now = all(change('c', { to: { direction: 'oppose', strength: 'weak' }, at: date('2024-05-02') }));
    expect(differencesOf(before, now)).toMatchObject([{ mark: 'otherwise', aspects: ['to', 'at'] }]);
  });

  it('takes other evidence for the same change as no difference', () => {
    expect(differencesOf(all(change('c')), all(change('c', { openedBy: 's2', revision: 4 })))).toEqual([]);
  });

  it('says nothing of days of which one of the sets may lack something', () => {
    const before = cut(change('late', { at: date('2024-05-03') }), change('at-the-cut', { at: date('2024-05-02') }));
    const now = all(
      change('late', { at: date('2024-05-03') }),
      change('new', { at: date('2024-05-03') }),
      change('same-day', { at: date('2024-05-02') }),
      change('old', { at: date('2020-01-01') }),
    );
    expect(differencesOf(before, now).map((one) => toldLast(one).id)).toEqual(['new']);
    expect(isoOf(unknownUntil(before, now) ?? 0)).toBe('2024-05-02');
  });

  it('compares a change that has moved to a day before the cut', () => {
    const before = all(change('moved', { at: date('2024-05-03') }), change('old', { at: date('2020-01-01') }));
    const now = cut(change('moved', { at: date('2024-05-02') }));
    expect(differencesOf(before, now)).toMatchObject([{ mark: 'otherwise', aspects: ['at'] }]);
  });

  it('puts the histories with the latest change first', () => {
    const differences = differencesOf(
      all(change('a', { at: date('2024-01-01') })),
      all(
        change('b', { holder: 'bob', holderName: 'Bob', at: date('2023-01-01') }),
        change('c', { at: date('2022-01-01') }),
      ),
    );
    expect(byHistory(differences).map((one) => [one.holderName, one.differences.length])).toEqual([
      ['ann', 2],
      ['Bob', 1],
    ]);
  });
});

const someChanges = fc
  .uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 20 }),
      day: fc.integer({ min: 0, max: 5 }),
      status: fc.constantFrom('provisional', 'confirmed'),
      holder: fc.constantFrom('ann', 'bob'),
    }),
    { selector: ({ id }) => id },
  )
  .map((list) => list.map(({ id, day, status, holder }) => change(`c${id}`, { status, holder, at: date(isoOf(day)) })));

describe('the difference of any two sets', () => {
  it('turned round has gone for new, and the same told otherwise', () => {
    fc.assert(
      fc.property(someChanges, someChanges, (before, now) => {
        const ids = (mark: string, list: ReturnType<typeof differencesOf>): string[] =>
          list
            .filter((one) => one.mark === mark)
            .map((one) => toldLast(one).id)
            .toSorted();
        const there = differencesOf(all(...before), all(...now));
        const back = differencesOf(all(...now), all(...before));
        expect(ids('new', there)).toEqual(ids('gone', back));
        expect(ids('gone', there)).toEqual(ids('new', back));
        expect(ids('otherwise', there)).toEqual(ids('otherwise', back));
      }),
    );
  });

  it('makes the one of the other', () => {
    fc.assert(
      fc.property(someChanges, someChanges, (before, now) => {
        const made = new Map(before.map((one) => [one.id, one]));
        for (const difference of differencesOf(all(...before), all(...now))) {
          if (difference.mark === 'gone') made.delete(difference.before.id);
          else made.set(difference.now.id, difference.now);
        }
        const told = (list: Iterable<ListedChange>): string[] =>
          [...list].map(({ id, status, at }) => `${id} ${status} ${at.edtf}`).toSorted();
        expect(told(made.values())).toEqual(told(now));
      }),
    );
  });

  it('is a part of the whole difference where the sets were cut off', () => {
    const newestFirst = (list: readonly ListedChange[]): ListedChange[] =>
      list.toSorted((a, b) => b.at.edtf.localeCompare(a.at.edtf) || a.id.localeCompare(b.id));
    const cutAt = (list: readonly ListedChange[], most: number): KnownChanges =>
      list.length > most ? cut(...list.slice(0, most)) : all(...list);
    fc.assert(
      fc.property(someChanges, someChanges, fc.integer({ min: 1, max: 12 }), (some, others, most) => {
        // The day of a change that is in both is the same, as it is unless its record was corrected.
        const days = new Map(some.map(({ id, at }) => [id, at]));
        const before = newestFirst(some);
        const now = newestFirst(others.map((one) => ({ ...one, at: days.get(one.id) ?? one.at })));
        const whole = differencesOf(all(...before), all(...now)).map((one) => `${one.mark} ${toldLast(one).id}`);
        const part = differencesOf(cutAt(before, most), cutAt(now, most));
        for (const one of part) expect(whole).toContain(`${one.mark} ${toldLast(one).id}`);
      }),
    );
  });

  it('loses none by grouping', () => {
    fc.assert(
      fc.property(someChanges, someChanges, (before, now) => {
        const differences = differencesOf(all(...before), all(...now));
        const grouped = byHistory(differences).flatMap((history) => history.differences);
        expect(new Set(grouped)).toEqual(new Set(differences));
      }),
    );
  });
});
