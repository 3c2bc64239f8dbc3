import { describe, expect, it } from 'vitest';

import { fold, lines, roleOf, statement, weighing } from './given.ts';

const on = '2024-02-01';
const one = { utteranceId: 'u' };

describe('the direction of a moment', () => {
  it('is the one that holds at least two thirds of the weight of its utterances', () => {
    const history = fold(
      weighing('a', 'support', on, 0.4),
      weighing('b', 'support', on, 0.4),
      weighing('c', 'oppose', on, 0.4),
    );
    expect(history.segments[0]).toMatchObject({ direction: 'support', weight: 0.8 });
  });

  it('goes by all utterances, though those of one publisher add only what the heaviest of them weighs', () => {
    const paper = { directness: 'indirect', authority: 'self', publisher: 'Paper' } as const;
    const history = fold(
      statement('a', 'support', on, { ...paper, words: 'one' }),
      statement('b', 'support', on, { ...paper, words: 'two' }),
      statement('c', 'oppose', on, { ...paper, words: 'three', publisher: 'Other' }),
    );
    expect(history.segments[0]).toMatchObject({ direction: 'support', weight: 0.8 });
  });

  it('is confirmed at once where one of its utterances is strong, whatever stands beside it', () => {
    const before = statement('a', 'support', '2024-01-01');
    // Together less than enough.
    const [strong, weak] = [0.9, 0.05];
    for (const [one, other] of [
      [strong, weak],
      [weak, strong],
    ] as const) {
      const both = [weighing('b', 'oppose', on, one), weighing('c', 'oppose', on, other)];
      expect(lines(fold(before, ...both))[1]).toBe('reversal confirmed 2024-02-01 2024-02-01');
    }
    const several = [weighing('b', 'oppose', on, 0.45), weighing('c', 'oppose', on, 0.45)];
    expect(lines(fold(before, ...several))[1]).toBe('reversal provisional 2024-02-01');
  });

  it('of dependent utterances adds the heaviest, whichever stands first', () => {
    const paper = { directness: 'indirect', publisher: 'Paper' } as const;
    for (const [one, other] of [
      [1, 0.5],
      [0.5, 1],
    ] as const) {
      const history = fold(weighing('a', 'support', on, one, paper), weighing('b', 'support', on, other, paper));
      expect(history.segments[0]?.weight).toBe(0.8);
    }
  });

  it('is not decided by a recorded vote that weighs nothing', () => {
    const unclear = statement('v', 'unclear', on, { act: 'vote', part: 'record' });
    expect(lines(fold(unclear, statement('a', 'support', on)))).toEqual(['first confirmed 2024-02-01 2024-02-01']);
  });

  it('is else mixed, which weighs all but its heaviest other direction', () => {
    const history = fold(
      weighing('a', 'support', on, 0.4),
      weighing('b', 'oppose', on, 0.3),
      weighing('c', 'neutral', on, 0.2),
      weighing('d', 'mixed', on, 0.1),
    );
    expect(history.segments[0]).toMatchObject({ direction: 'mixed', weight: 0.6 });
  });

  it('leaves in mixed what is said to be mixed, though that is the heaviest', () => {
    const history = fold(
      weighing('a', 'mixed', on, 0.5),
      weighing('b', 'support', on, 0.3),
      weighing('c', 'oppose', on, 0.2),
    );
    expect(history.segments[0]).toMatchObject({ direction: 'mixed', weight: 0.7 });
  });

  it('is mixed, not contested, where both are said in different utterances', () => {
    const history = fold(statement('a', 'support', on), statement('b', 'oppose', on));
    expect(history.contested).toEqual([]);
    expect(history.segments[0]?.direction).toBe('mixed');
  });

  it('is contested where accounts of one utterance differ in direction, and stays flagged', () => {
    const history = fold(
      weighing('a', 'support', on, 0.8, one),
      weighing('b', 'oppose', on, 0.2, one),
      statement('c', 'support', '2024-03-01'),
    );
    expect(history.contested).toMatchObject([
      {
        prevailing: 'support',
        weights: { support: 0.8, oppose: 0.2 },
        accounts: [
          { statementId: 'a', direction: 'support' },
          { statementId: 'b', direction: 'oppose' },
        ],
      },
    ]);
    expect(history.segments[0]?.contested).toBe(true);
    expect(history.placed[0]?.contested).toBe(true);
  });

  it('opens nothing and adds nothing where it is contested and no account prevails by two thirds', () => {
    const history = fold(
      weighing('a', 'support', on, 0.6, one),
      weighing('b', 'oppose', on, 0.4, one),
      weighing('c', 'support', '2024-03-01', 0.5),
    );
    expect(lines(history)).toEqual(['first provisional 2024-03-01']);
    expect(history.segments[0]?.weight).toBe(0.5);
    expect(history.contested[0]?.prevailing).toBeNull();
    expect(roleOf(history, 'a')).toBe('disputed');
  });

  it('may open a change and add to its sum where it is contested and an account prevails by two thirds', () => {
    const contested = [weighing('b', 'oppose', on, 0.8, one), weighing('c', 'support', on, 0.4, one)];
    const before = statement('a', 'support', '2024-01-01');
    expect(lines(fold(before, ...contested))).toContain('reversal provisional 2024-02-01');
    expect(lines(fold(before, ...contested, weighing('d', 'oppose', '2024-03-01', 0.2)))).toContain(
      'reversal confirmed 2024-02-01 2024-03-01',
    );
  });

  it('never confirms where it is contested, neither by a strong utterance nor by the sum', () => {
    const strong = [statement('b', 'oppose', on, one), weighing('c', 'support', on, 0.2, one)];
    expect(lines(fold(statement('a', 'support', '2024-01-01'), ...strong))).toContain(
      'reversal provisional 2024-02-01',
    );
    expect(lines(fold(...strong))).toEqual(['first provisional 2024-02-01']);
    const again = [
      statement('d', 'oppose', '2024-03-01', { utteranceId: 'w' }),
      weighing('e', 'support', '2024-03-01', 0.2, { utteranceId: 'w' }),
    ];
    expect(lines(fold(statement('a', 'support', '2024-01-01'), ...strong, ...again))).toContain(
      'reversal provisional 2024-02-01',
    );
    expect(lines(fold(...strong, ...again))).toEqual(['first provisional 2024-02-01']);
  });

  it('does not count unclear and declined ones: they weigh nothing and contest nothing', () => {
    const history = fold(
      statement('a', 'support', on, one),
      statement('b', 'unclear', on, one),
      statement('c', 'oppose', on, { ...one, act: 'decline' }),
    );
    expect(history.contested).toEqual([]);
    expect(lines(history)).toEqual(['first confirmed 2024-02-01 2024-02-01']);
    expect([roleOf(history, 'b'), roleOf(history, 'c')]).toEqual(['weighs-nothing', 'weighs-nothing']);
  });
});
