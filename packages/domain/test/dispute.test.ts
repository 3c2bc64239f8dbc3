import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultMethod, disputesOf, foldHistory, formatDay } from '../src/index.ts';
import type { History, KnownStatement } from '../src/index.ts';
import { statements } from './arbitrary.ts';
import { day, fold, said, statement, vote } from './given.ts';
import { rounds } from './rounds.ts';

const june = (date: number): string => `2024-06-${String(date).padStart(2, '0')}`;

/** One utterance, of which two accounts disagree. */
const dispute = (
  date: string,
  one: Partial<KnownStatement> = {},
  other: Partial<KnownStatement> = {},
): KnownStatement[] => [
  statement('a', 'support', date, { utteranceId: 'u', authority: 'attributed', ...one }),
  statement('b', 'oppose', date, { utteranceId: 'u', authority: 'attributed', ...other }),
];

const kindOf = (...all: readonly KnownStatement[]): string | undefined => disputesOf(fold(...all))[0]?.kind;

/** Effect, direction and day of what settled the first dispute, as a line. */
const settled = (history: History): string | null => {
  const resolution = disputesOf(history)[0]?.resolution;
  if (resolution === undefined) return 'no dispute';
  return resolution === null ? null : `${resolution.effect} ${resolution.direction} ${formatDay(resolution.day)}`;
};

describe('a dispute', () => {
  it('is settled by what was said without a condition alone', () => {
    const conditional = statement('c', 'support', june(2), { condition: 'if asked' });
    expect(settled(fold(...dispute(june(1)), conditional))).toBeNull();
    expect(settled(fold(...dispute(june(1)), conditional, statement('d', 'support', june(3))))).toBe(
      'opened support 2024-06-03',
    );
  });

  it('is settled by an endorsement, by what it points at', () => {
    const ground = {
      direction: 'oppose',
      weight: 1,
      reason: 'endorsed',
      seen: null,
      path: [{ holder: 'm', proposition: 'p' }],
    } as const;
    const pointing = { act: 'endorse', pointsAt: ground.path[0], ground } as const;
    const all = [statement('0', 'oppose', june(1)), ...dispute(june(2)), statement('c', null, june(3), pointing)];
    expect(settled(fold(...all))).toBe('reaffirms oppose 2024-06-03');
  });

  it('is one of a headline against its text where the two stand in one document, told together or not', () => {
    const headline = { part: 'headline', document: 'd' } as const;
    const body = { part: 'body', document: 'd' } as const;
    expect(kindOf(...dispute(june(1), headline, body))).toBe('headline-against-text');
    const untold = dispute(june(1), { ...headline, utteranceId: null }, { ...body, utteranceId: null });
    expect(kindOf(...untold)).toBe('headline-against-text');
    const teaser = dispute(june(1), { ...body, publisher: 'p' }, { ...headline, part: 'teaser', publisher: 'q' });
    expect(kindOf(...teaser)).toBe('headline-against-text');
  });

  it('is one of a headline against its text where a copy carries the text', () => {
    const copy = { part: 'body', document: 'e', copyOf: 'd' } as const;
    expect(kindOf(...dispute(june(1), { part: 'headline', document: 'd' }, copy))).toBe('headline-against-text');
  });

  it('is none of a headline against a text that agrees with it', () => {
    const all = dispute(june(1), { part: 'headline', document: 'd', publisher: 'p' }, { publisher: 'q' });
    const text = statement('c', 'support', june(1), { utteranceId: 'u', part: 'body', document: 'd', publisher: 'p' });
    expect(kindOf(...all, text)).toBe('outlets');
  });

  it('is one of outlets where two publishers disagree', () => {
    expect(kindOf(...dispute(june(1), { publisher: 'p' }, { publisher: 'q' }))).toBe('outlets');
    const titles = { part: 'headline' } as const;
    const all = dispute(
      june(1),
      { ...titles, document: 'd', publisher: 'p' },
      { ...titles, document: 'e', publisher: 'q' },
    );
    expect(kindOf(...all)).toBe('outlets');
  });

  it('is none of outlets where both accounts are copies of one original', () => {
    const copies = dispute(
      june(1),
      { publisher: 'p', document: 'e', copyOf: 'd' },
      { publisher: 'q', document: 'f', copyOf: 'd' },
    );
    expect(kindOf(...copies)).toBe('same-document');
  });

  it('is one of a document with itself where nothing else tells its accounts apart', () => {
    const document = { document: 'd', publisher: 'p', part: 'body' } as const;
    expect(kindOf(...dispute(june(1), document, document))).toBe('same-document');
    expect(kindOf(...dispute(june(1), document, { ...document, document: 'e' }))).toBe('accounts');
    expect(kindOf(...dispute(june(1)))).toBe('accounts');
  });
});

describe('a dispute is settled', () => {
  it('by the first later moment that opens and confirms one of the directions', () => {
    const history = fold(...dispute(june(1)), statement('c', 'oppose', june(9)), statement('d', 'support', june(20)));
    expect(settled(history)).toBe(`opened oppose ${june(9)}`);
    expect(disputesOf(history)[0]?.resolution?.statements).toEqual([
      { statementId: 'c', direction: 'oppose', weight: 1 },
    ]);
  });

  it('by the moment that confirms, not by those that only add to it', () => {
    const weak = { authority: 'attributed' } as const;
    const history = fold(
      ...dispute(june(1)),
      statement('c', 'oppose', june(9), weak),
      statement('d', 'oppose', june(12), weak),
    );
    expect(settled(history)).toBe(`confirmed oppose ${june(12)}`);
    expect(settled(fold(...dispute(june(1)), statement('c', 'oppose', june(9), weak)))).toBeNull();
  });

  it('by more of what is confirmed, and by what withdraws a change of it', () => {
    const before = vote('0', 'support', '2024-05-01');
    expect(settled(fold(before, ...dispute(june(1)), statement('c', 'support', june(9))))).toBe(
      `reaffirms support ${june(9)}`,
    );
    const opening = statement('b0', 'oppose', '2024-05-20', { authority: 'attributed' });
    expect(settled(fold(before, opening, ...dispute(june(1)), statement('c', 'support', june(9))))).toBe(
      `withdrew support ${june(9)}`,
    );
  });

  it('not by a third direction, by what is contested again, or by what may have been said before', () => {
    const before = vote('0', 'neutral', '2024-05-01');
    expect(settled(fold(before, ...dispute(june(1)), statement('c', 'neutral', june(9))))).toBeNull();
    const again = dispute(june(9), { id: 'c', utteranceId: 'v' }, { id: 'd', utteranceId: 'v' });
    expect(settled(fold(...dispute(june(1)), ...again))).toBeNull();
    const vague = (date: string): KnownStatement => statement('c', 'oppose', june(9), { said: said(date) });
    expect(settled(fold(...dispute(june(2)), vague(`${june(2)}/${june(9)}`)))).toBeNull();
    expect(settled(fold(...dispute(june(2)), vague(`${june(3)}/${june(9)}`)))).toBe(`opened oppose ${june(9)}`);
    expect(settled(fold(statement('c', 'oppose', '2024-05-01'), ...dispute(june(1))))).toBeNull();
  });

  it('not by what only speaks against a change under way', () => {
    const before = vote('0', 'support', '2024-05-01');
    const opening = statement('b0', 'oppose', '2024-05-20', { authority: 'attributed' });
    const weak = statement('c', 'support', june(9), { authority: 'inferred' });
    expect(settled(fold(before, opening, ...dispute(june(1)), weak))).toBeNull();
  });

  it('by all that was said then, by id', () => {
    const history = fold(...dispute(june(1)), statement('d', 'oppose', june(9)), statement('c', 'oppose', june(9)));
    expect(disputesOf(history)[0]?.resolution?.statements.map(({ statementId }) => statementId)).toEqual(['c', 'd']);
  });

  it('and is none any more, where an account of it is gone', () => {
    expect(disputesOf(fold(...dispute(june(1)).slice(1)))).toEqual([]);
  });

  it('only by a later day, in a direction in dispute, and in whatever order the statements came', () => {
    fc.assert(
      fc.property(
        statements(16).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const history = foldHistory(all, defaultMethod);
          const disputes = disputesOf(history);
          expect(disputesOf(foldHistory(shuffled, defaultMethod))).toEqual(disputes);
          expect(disputes.map(({ moment }) => moment)).toEqual(history.contested);
          for (const { moment, resolution } of disputes) {
            if (resolution === null) continue;
            expect(resolution.day).toBeGreaterThan(moment.day);
            expect(moment.accounts.map(({ direction }) => direction)).toContain(resolution.direction);
            expect(resolution.statements.length).toBeGreaterThan(0);
            for (const { statementId } of resolution.statements) {
              const placed = history.placed.find(({ statement: { id } }) => id === statementId);
              expect([placed?.day, placed?.contested]).toEqual([resolution.day, false]);
            }
          }
        },
      ),
      { numRuns: rounds(1000) },
    );
  });

  it('the same whatever is said after it was settled', () => {
    const history = fold(...dispute(june(1)), statement('c', 'oppose', june(9)));
    const later = fold(...dispute(june(1)), statement('c', 'oppose', june(9)), statement('d', 'support', '2025-01-01'));
    expect(disputesOf(later)).toEqual(disputesOf(history));
    expect(disputesOf(history)[0]?.moment.day).toBe(day(june(1)));
  });
});
