import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultMethod, foldHistory, formatDay, partingsOf, saysAndDoes, stanceAt } from '../src/index.ts';
import type { Parting } from '../src/index.ts';
import { statements } from './arbitrary.ts';
import { fold, statement, vote } from './given.ts';
import { rounds } from './rounds.ts';

const lines = (parts: readonly Parting[]): string[] =>
  parts.map(({ from, to, says, does }) => `${formatDay(from)} ${to === null ? '..' : formatDay(to)} ${says}/${does}`);

describe('votes and words', () => {
  it('part from the day on which the later of the two takes another direction, until they meet again', () => {
    const sides = saysAndDoes(
      fold(
        statement('a', 'support', '2024-01-01'),
        vote('b', 'oppose', '2024-02-01'),
        statement('c', 'support', '2024-03-01'),
        vote('d', 'support', '2024-04-01'),
        statement('e', 'neutral', '2024-05-01'),
      ),
      defaultMethod,
    );
    expect(lines(sides?.parts ?? [])).toEqual([
      '2024-02-01 2024-03-31 support/oppose',
      '2024-05-01 .. neutral/support',
    ]);
    expect(sides?.says.placed.map(({ statement: { id } }) => id)).toEqual(['a', 'c', 'e']);
    expect(sides?.does.placed.map(({ statement: { id } }) => id)).toEqual(['b', 'd']);
  });

  it('leave out what was said under a condition', () => {
    const words = statement('a', 'support', '2024-01-01', { condition: 'if asked' });
    const doing = vote('b', 'oppose', '2024-02-01');
    expect(saysAndDoes(fold(words, doing), defaultMethod)).toBeNull();
    const sides = saysAndDoes(fold(words, doing, statement('c', 'oppose', '2024-01-02')), defaultMethod);
    expect(sides?.says.placed.map(({ statement: { id } }) => id)).toEqual(['c']);
    expect(sides?.parts).toEqual([]);
  });

  it('part in one stretch where only the strength of one changes', () => {
    const sides = saysAndDoes(
      fold(
        statement('a', 'support', '2024-01-01', { strength: 0.2 }),
        statement('b', 'support', '2024-03-01', { strength: 0.9 }),
        vote('c', 'oppose', '2024-01-01'),
      ),
      defaultMethod,
    );
    expect(sides?.says.segments).toHaveLength(2);
    expect(lines(sides?.parts ?? [])).toEqual(['2024-01-01 .. support/oppose']);
  });

  it('do not part where one of them is insufficient', () => {
    const rumour = statement('a', 'support', '2024-01-01', { authority: 'inferred' });
    const sides = saysAndDoes(fold(rumour, vote('b', 'oppose', '2024-02-01')), defaultMethod);
    expect(sides === null ? null : stanceAt(sides.says).status).toBe('insufficient');
    expect(sides?.parts).toEqual([]);
  });

  it('are shown only where both are there and weigh', () => {
    expect(saysAndDoes(fold(vote('a', 'oppose', '2024-02-01')), defaultMethod)).toBeNull();
    expect(saysAndDoes(fold(statement('a', 'oppose', '2024-02-01')), defaultMethod)).toBeNull();
    const silent = statement('b', null, '2024-02-02', { act: 'decline' });
    expect(saysAndDoes(fold(vote('a', 'oppose', '2024-02-01'), silent), defaultMethod)).toBeNull();
  });

  it('come out the same in whatever order the statements are given', () => {
    fc.assert(
      fc.property(
        statements(16).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const sides = saysAndDoes(foldHistory(all, defaultMethod), defaultMethod);
          expect(saysAndDoes(foldHistory(shuffled, defaultMethod), defaultMethod)).toEqual(sides);
        },
      ),
      { numRuns: rounds(1000) },
    );
  });

  it('part on the same days with the sides swapped, and never where all agree', () => {
    fc.assert(
      fc.property(statements(12), statements(12), (some, others) => {
        const [says, does] = [foldHistory(some, defaultMethod), foldHistory(others, defaultMethod)];
        const swapped = partingsOf(does, says).map((part) => ({ ...part, says: part.does, does: part.says }));
        expect(swapped).toEqual(partingsOf(says, does));
        expect(partingsOf(says, says)).toEqual([]);
      }),
      { numRuns: rounds(1000) },
    );
  });

  it('part on a day if, and only if, both have a stance on it and the two differ', () => {
    fc.assert(
      fc.property(statements(12), statements(12), (some, others) => {
        const [says, does] = [foldHistory(some, defaultMethod), foldHistory(others, defaultMethod)];
        const parts = partingsOf(says, does);
        for (let at = -1; at < 20; at += 1) {
          const [said, done] = [stanceAt(says, at), stanceAt(does, at)];
          const part = parts.find(({ from, to }) => from <= at && (to === null || at <= to));
          const differ =
            said.status !== 'insufficient' && done.status !== 'insufficient' && said.direction !== done.direction;
          expect(part === undefined ? null : [part.says, part.does]).toEqual(
            differ ? [said.direction, done.direction] : null,
          );
        }
      }),
      { numRuns: rounds(1000) },
    );
  });
});
