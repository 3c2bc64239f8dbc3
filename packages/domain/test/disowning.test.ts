import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultMethod, foldHistory, formatDay, stanceAt, withDisownings } from '../src/index.ts';
import type { Disowned, KnownStatement } from '../src/index.ts';
import { statements } from './arbitrary.ts';
import { lines, roleOf, statement } from './given.ts';
import { rounds } from './rounds.ts';

const disown = (id: string, date: string, disowns: Disowned, given: Partial<KnownStatement> = {}): KnownStatement =>
  statement(id, null, date, { act: 'disown', disowns, ...given });

const folded = (...all: readonly KnownStatement[]) => foldHistory(withDisownings(all, all), defaultMethod);

const spoken = statement('s', 'oppose', '2024-02-01', {
  speaker: 'k',
  authority: 'spokesperson',
  utteranceId: 'briefing',
});

describe('disowning', () => {
  it('takes all weight from what it names, at any day', () => {
    const history = folded(spoken, disown('d', '2024-03-01', { statementId: 's' }));
    expect(stanceAt(history)).toMatchObject({ status: 'insufficient', direction: null });
    expect(stanceAt(history, spoken.said.latest)).toMatchObject({ status: 'insufficient', direction: null });
    expect(roleOf(history, 's')).toBe('disowned');
    expect(history.placed.find((placed) => placed.statement.id === 's')?.factors).toEqual([
      { name: 'no-weight', value: 'disowned by d', factor: 0 },
    ]);
  });

  it('keeps the change that only what was disowned had opened, withdrawn, with the reason', () => {
    const history = folded(
      statement('a', 'support', '2024-01-01'),
      spoken,
      disown('d', '2024-03-01', { utteranceId: 'briefing' }),
    );
    expect(lines(history)).toEqual([
      'first confirmed 2024-01-01 2024-01-01',
      'reversal withdrawn 2024-02-01 2024-03-01',
    ]);
    expect(history.changes[1]).toMatchObject({ openedBy: 's', disownedBy: 'd', confirmedAt: null });
    expect(history.segments).toMatchObject([{ direction: 'support', to: null }]);
  });

  it('keeps no change that others carry on: it is theirs', () => {
    const other = statement('t', 'oppose', '2024-02-02');
    const history = folded(spoken, other, disown('d', '2024-03-01', { statementId: 's' }));
    expect(history.changes.map(({ openedBy, status }) => [openedBy, status])).toEqual([
      ['s', 'withdrawn'],
      ['t', 'confirmed'],
    ]);
  });

  it('takes back every statement of an utterance', () => {
    const history = folded(
      spoken,
      statement('t', 'oppose', '2024-02-01', { utteranceId: 'briefing', authority: 'attributed' }),
      disown('d', '2024-03-01', { utteranceId: 'briefing' }),
    );
    expect([roleOf(history, 's'), roleOf(history, 't')]).toEqual(['disowned', 'disowned']);
  });

  it('does nothing under a condition, nor to another disowning', () => {
    const conditional = disown('d', '2024-03-01', { statementId: 's' }, { condition: 'if he was misheard' });
    expect(roleOf(folded(spoken, conditional), 's')).toBe('opened');
    const again = folded(
      spoken,
      disown('d', '2024-03-01', { statementId: 's' }),
      disown('e', '2024-03-02', { statementId: 'd' }),
    );
    expect([roleOf(again, 's'), roleOf(again, 'd')]).toEqual(['disowned', 'weighs-nothing']);
  });

  it('names the disowning that was said first, whatever the order', () => {
    const early = disown('z', '2024-03-01', { utteranceId: 'briefing' });
    const late = disown('a', '2024-04-01', { statementId: 's' });
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      expect(withDisownings([spoken], order)[0]?.disownedBy?.id).toBe('z');
    }
    const named = (...some: readonly KnownStatement[]) => withDisownings([spoken], some)[0]?.disownedBy?.id;
    const again = disown('b', '2024-04-01', { statementId: 's' });
    expect([named(late, again), named(again, late)]).toEqual(['a', 'a']);
    const before = disown('y', '2024-03-15', { statementId: 's' });
    expect([named(late, before), named(before, late)]).toEqual(['y', 'y']);
    const utterance = disown('c', '2024-04-01', { utteranceId: 'briefing' });
    expect([named(late, utterance), named(utterance, late)]).toEqual(['a', 'a']);
    expect(formatDay(withDisownings([spoken], [late])[0]?.disownedBy?.day ?? 0)).toBe('2024-04-01');
  });

  it('leaves the segments that the rest alone would give', () => {
    fc.assert(
      fc.property(statements(12), fc.nat(), (all, pick) => {
        const target = all[pick % Math.max(1, all.length)];
        // What names or is attached to others says where they stand, weight or not.
        const alone = all.map((one) => ({ ...one, document: null, copyOf: null, utteranceId: null, words: null }));
        if (target === undefined) return;
        const taken = withDisownings(alone, [disown('d', '2024-03-01', { statementId: target.id })]);
        const rest = alone.filter(({ id }) => id !== target.id);
        const directions = (some: readonly KnownStatement[]) =>
          foldHistory(some, defaultMethod).segments.map(({ direction, from, to, weight }) => [
            direction,
            from,
            to,
            weight,
          ]);
        expect(directions(taken)).toEqual(directions(rest));
      }),
      { numRuns: rounds(1000) },
    );
  });
});
