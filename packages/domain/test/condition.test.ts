import { describe, expect, it } from 'vitest';

import { stanceAt } from '../src/index.ts';
import { fold, lines, statement, weighing } from './given.ts';

const condition = 'Only if Russia asks for it.';

describe('a conditional stance', () => {
  it('is told apart, with sums of its own', () => {
    const history = fold(statement('a', 'support', '2024-01-01', { condition }));
    expect(stanceAt(history)).toMatchObject({ status: 'insufficient', direction: null, statements: 1, evidence: [] });
    const [conditional] = history.conditional;
    expect(conditional).toMatchObject({ condition, contested: [] });
    expect(conditional === undefined ? null : stanceAt(conditional)).toMatchObject({
      status: 'confirmed',
      direction: 'support',
      evidence: [{ statementId: 'a', weight: 1 }],
    });
  });

  it('never confirms an unconditional one, nor the other way round', () => {
    const history = fold(
      weighing('a', 'support', '2024-01-01', 0.6),
      weighing('b', 'support', '2024-02-01', 0.6, { condition }),
    );
    expect(lines(history)).toEqual(['first provisional 2024-01-01', 'first provisional 2024-02-01']);
    expect(history.changes.map((change) => change.condition)).toEqual([undefined, condition]);
  });

  it('neither reverses nor reaffirms an unconditional one', () => {
    const history = fold(
      statement('a', 'support', '2024-01-01'),
      statement('b', 'oppose', '2024-02-01', { condition }),
      statement('c', 'support', '2024-03-01', { condition: 'if asked' }),
    );
    expect(lines(history).filter((line) => line.startsWith('reversal'))).toEqual([]);
    expect(stanceAt(history)).toMatchObject({ direction: 'support', reaffirmations: 0, statements: 3 });
  });

  it('is confirmed by more under the same words, whatever their case and punctuation', () => {
    const history = fold(
      weighing('a', 'support', '2024-01-01', 0.6, { condition }),
      weighing('b', 'support', '2024-02-01', 0.6, { condition: 'only if russia asks for it' }),
      weighing('c', 'support', '2024-03-01', 0.6, { condition: 'only if Ukraine asks for it' }),
    );
    expect(lines(history)).toEqual(['first confirmed 2024-01-01 2024-02-01', 'first provisional 2024-03-01']);
    expect(history.conditional.map((one) => one.condition)).toEqual([condition, 'only if Ukraine asks for it']);
  });

  it('goes by the words of its statement with the lowest id, and conditions by their words, whatever the order', () => {
    const said = [
      weighing('b', 'support', '2024-01-01', 0.6, { condition: 'Only if asked' }),
      weighing('a', 'support', '2024-02-01', 0.6, { condition: 'only if asked!' }),
      weighing('c', 'support', '2024-03-01', 0.6, { condition: 'Only if asked?' }),
      weighing('d', 'support', '2024-01-01', 0.6, { condition: 'in no case but one' }),
    ];
    for (const order of [said, said.toReversed()]) {
      expect(fold(...order).conditional.map((one) => one.condition)).toEqual(['in no case but one', 'only if asked!']);
    }
  });

  it('is told apart by its signs where it has no words', () => {
    const history = fold(
      statement('a', 'support', '2024-01-01', { condition: '??' }),
      statement('b', 'support', '2024-01-01', { condition: '!!' }),
    );
    expect(history.conditional.map((one) => one.condition)).toEqual(['!!', '??']);
  });

  it('does not open the moment of what was said without a condition on the same day', () => {
    const history = fold(
      statement('a', 'oppose', '2024-01-01', { condition }),
      statement('b', 'support', '2024-01-01'),
    );
    expect(history.changes.find((change) => change.condition === undefined)?.openedBy).toBe('b');
  });
});
