import { describe, expect, it } from 'vitest';

import { stanceAt } from '../src/index.ts';
import type { Direction } from '../src/index.ts';
import { day, fold, lines, statement, vote, weighing } from './given.ts';

const start = statement('a', 'support', '2024-01-01');
const said = (month: number, direction: Direction, weight: number) =>
  weighing(`m${month}`, direction, `2024-${String(month).padStart(2, '0')}-01`, weight);

describe('steps', () => {
  it('a moment of another direction opens a provisional change, dated at that moment', () => {
    expect(lines(fold(start, said(2, 'oppose', 0.1)))).toContain('reversal provisional 2024-02-01');
  });

  it('an uncontested moment with an utterance of its direction that weighs strong confirms at once', () => {
    expect(lines(fold(start, said(2, 'oppose', 0.85)))).toContain('reversal confirmed 2024-02-01 2024-02-01');
    expect(lines(fold(start, said(2, 'oppose', 0.84)))).toContain('reversal provisional 2024-02-01');
  });

  it('a moment mixed by division has no strong utterance of its direction', () => {
    const divided = [weighing('b', 'support', '2024-02-01', 0.9), weighing('c', 'oppose', '2024-02-01', 0.9)];
    expect(lines(fold(start, ...divided))).toContain('to-mixed provisional 2024-02-01');
  });

  it('the new direction confirms with enough and more than the former; confirmedAt is that day, beside the date of the change', () => {
    expect(lines(fold(start, said(2, 'oppose', 0.5), said(3, 'oppose', 0.5)))).toContain(
      'reversal confirmed 2024-02-01 2024-03-01',
    );
    expect(lines(fold(start, said(2, 'oppose', 0.5), said(3, 'oppose', 0.49)))).toContain(
      'reversal provisional 2024-02-01',
    );
  });

  it('the sums are kept from zero, from the opening on: what was said before counts in neither', () => {
    const before = [start, said(2, 'support', 1), said(3, 'support', 1)];
    expect(lines(fold(...before, said(4, 'oppose', 0.6), said(5, 'support', 0.5), said(6, 'oppose', 0.4)))).toContain(
      'reversal confirmed 2024-04-01 2024-06-01',
    );
  });

  it('the former direction with at least as much withdraws the change, and it stays in the set', () => {
    expect(lines(fold(start, said(2, 'oppose', 0.5), said(3, 'support', 0.5)))).toContain(
      'reversal withdrawn 2024-02-01 2024-03-01',
    );
    expect(lines(fold(start, said(2, 'oppose', 0.5), said(3, 'support', 0.49)))).toContain(
      'reversal provisional 2024-02-01',
    );
  });

  it('what was withdrawn counts in no later sum', () => {
    expect(lines(fold(start, said(2, 'oppose', 0.6), said(3, 'support', 0.6), said(4, 'oppose', 0.6)))).toEqual([
      'first confirmed 2024-01-01 2024-01-01',
      'reversal withdrawn 2024-02-01 2024-03-01',
      'reversal provisional 2024-04-01',
    ]);
  });

  it('a third direction withdraws it and opens its own', () => {
    expect(lines(fold(start, said(2, 'oppose', 0.6), said(3, 'neutral', 0.3)))).toEqual([
      'first confirmed 2024-01-01 2024-01-01',
      'reversal withdrawn 2024-02-01 2024-03-01',
      'to-neutral provisional 2024-03-01',
    ]);
  });

  it('removal of its ground removes it', () => {
    expect(lines(fold(start))).toEqual(['first confirmed 2024-01-01 2024-01-01']);
    expect(lines(fold(start, said(2, 'oppose', 0.6)))).toHaveLength(2);
  });

  it.each<[Direction, Direction, string]>([
    ['support', 'oppose', 'reversal'],
    ['oppose', 'support', 'reversal'],
    ['support', 'neutral', 'to-neutral'],
    ['neutral', 'oppose', 'from-neutral'],
    ['oppose', 'mixed', 'to-mixed'],
    ['mixed', 'support', 'from-mixed'],
    ['neutral', 'mixed', 'to-mixed'],
    ['mixed', 'neutral', 'to-neutral'],
  ])('from %s to %s is %s: to- wins over from-', (from, to, kind) => {
    expect(lines(fold(vote('a', from, '2024-01-01'), vote('b', to, '2024-02-01')))[1]).toBe(
      `${kind} confirmed 2024-02-01 2024-02-01`,
    );
  });

  it('the current stance is the last confirmed one; a provisional change is shown beside it', () => {
    const view = stanceAt(fold(start, said(2, 'oppose', 0.5)));
    expect(view).toMatchObject({
      status: 'confirmed',
      direction: 'support',
      provisional: { kind: 'reversal', openedBy: 'm2' },
    });
  });
});

describe('the first stance', () => {
  it('is the one that has a strong utterance', () => {
    expect(lines(fold(said(1, 'oppose', 0.8), said(2, 'support', 0.85)))).toEqual([
      'first confirmed 2024-02-01 2024-02-01',
    ]);
  });

  it('or reaches enough with more than all others together', () => {
    expect(lines(fold(said(1, 'oppose', 0.5), said(2, 'oppose', 0.5)))).toEqual([
      'first confirmed 2024-01-01 2024-02-01',
    ]);
    const others = [said(1, 'support', 0.5), said(2, 'neutral', 0.5)];
    expect(lines(fold(...others, said(3, 'oppose', 0.5), said(4, 'oppose', 0.5)))).toEqual([
      'first provisional 2024-03-01',
    ]);
    expect(lines(fold(...others, said(3, 'oppose', 0.5), said(4, 'oppose', 0.6)))).toEqual([
      'first confirmed 2024-03-01 2024-04-01',
    ]);
  });

  it('is dated at its first moment', () => {
    expect(lines(fold(said(1, 'oppose', 0.1), said(2, 'oppose', 0.9)))).toEqual([
      'first confirmed 2024-01-01 2024-02-01',
    ]);
  });

  it('until then only the leader’s is in the set, provisional, also under least', () => {
    expect(lines(fold(said(1, 'oppose', 0.1)))).toEqual(['first provisional 2024-01-01']);
    expect(lines(fold(said(1, 'oppose', 0.2), said(2, 'support', 0.1)))).toEqual(['first provisional 2024-01-01']);
  });

  it('on a tie the earlier leads', () => {
    expect(lines(fold(said(1, 'oppose', 0.3), said(2, 'support', 0.3)))).toEqual(['first provisional 2024-01-01']);
  });

  it('a new leader replaces it', () => {
    expect(lines(fold(said(1, 'oppose', 0.3), said(2, 'support', 0.4)))).toEqual(['first provisional 2024-02-01']);
  });

  it('what does not lead, or loses, opposes it: it opened nothing', () => {
    const rivals = [said(1, 'support', 0.56), said(2, 'oppose', 0.56)];
    const leading = fold(...rivals);
    expect(leading.placed.map(({ role }) => role)).toEqual(['opened', 'opposes']);
    const settled = fold(...rivals, said(3, 'support', 0.56));
    expect(settled.placed.map(({ role }) => role)).toEqual(['opened', 'opposes', 'confirmed']);
    const overtaken = fold(...rivals, said(3, 'oppose', 0.1));
    expect(overtaken.placed.map(({ role }) => role)).toEqual(['opposes', 'opened', 'supports']);
  });

  it('what lost counts in no later sum', () => {
    const first = [said(1, 'oppose', 0.8), said(2, 'support', 0.9)];
    expect(lines(fold(...first, said(3, 'oppose', 0.5)))).toEqual([
      'first confirmed 2024-02-01 2024-02-01',
      'reversal provisional 2024-03-01',
    ]);
  });
});

describe('segments and stances', () => {
  const historyTold = () => fold(start, said(3, 'oppose', 0.5), said(4, 'oppose', 0.5), said(5, 'oppose', 0.2));

  it('are told in hindsight: from the date of the change, not of its confirmation', () => {
    const history = historyTold();
    expect(history.segments.map(({ direction, from, to, status }) => [direction, from, to, status])).toEqual([
      ['support', day('2024-01-01'), day('2024-02-29'), 'confirmed'],
      ['oppose', day('2024-03-01'), null, 'confirmed'],
    ]);
    expect(stanceAt(history, day('2024-03-15'))).toMatchObject({
      status: 'confirmed',
      direction: 'oppose',
      since: day('2024-03-01'),
    });
    expect(stanceAt(history, day('2024-02-29'))).toMatchObject({ direction: 'support' });
  });

  it('counts, the last said and evidence stop at the day', () => {
    const history = historyTold();
    const view = stanceAt(history, day('2024-03-15'));
    expect(view).toMatchObject({ statements: 2, reaffirmations: 0, lastSaid: { latest: day('2024-03-01') } });
    expect(view.evidence.map(({ statementId, role }) => [statementId, role])).toEqual([['m3', 'opened']]);
    expect(stanceAt(history)).toMatchObject({ statements: 4, reaffirmations: 2 });
  });

  it('the change under way is shown from its day on', () => {
    const open = fold(start, said(3, 'oppose', 0.5));
    expect(stanceAt(open, day('2024-02-29')).provisional).toBeNull();
    expect(stanceAt(open, day('2024-03-01')).provisional?.openedBy).toBe('m3');
  });

  it('of the evidence the 20 weightiest are kept, in the order said', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      weighing(`s${index}`, 'support', `2024-03-${String(index + 1).padStart(2, '0')}`, index < 5 ? 0.9 : index / 100),
    );
    const { evidence } = stanceAt(fold(start, ...many));
    expect(evidence).toHaveLength(20);
    expect(evidence.map(({ statementId }) => statementId)).toEqual([
      'a',
      ...[0, 1, 2, 3, 4, ...Array.from({ length: 14 }, (_, index) => index + 16)].map((index) => `s${index}`),
    ]);
  });
});

describe('insufficient', () => {
  it('is answered where the whole independent weight behind a stance is under least, with what there is', () => {
    const view = stanceAt(fold(said(1, 'oppose', 0.39)));
    expect(view).toMatchObject({
      status: 'insufficient',
      direction: 'oppose',
      since: day('2024-01-01'),
      provisional: { kind: 'first' },
    });
    expect(view.evidence).toEqual([{ statementId: 'm1', weight: 0.39, role: 'opened' }]);
    expect(stanceAt(fold(said(1, 'oppose', 0.4))).status).toBe('provisional');
  });

  it('counts independent weight only: one utterance told twice stays insufficient', () => {
    const told = (id: string) => weighing(id, 'oppose', '2024-01-01', 0.3, { utteranceId: 'u' });
    expect(stanceAt(fold(told('a'), told('b'))).status).toBe('insufficient');
    expect(stanceAt(fold(said(1, 'oppose', 0.3), said(2, 'oppose', 0.3))).status).toBe('provisional');
  });

  it('is answered where nothing weighs', () => {
    const view = stanceAt(
      fold(statement('a', 'unclear', '2024-01-01'), statement('b', null, '2024-01-02', { act: 'endorse' })),
    );
    expect(view).toMatchObject({ status: 'insufficient', direction: null, statements: 2, provisional: null });
  });
});
