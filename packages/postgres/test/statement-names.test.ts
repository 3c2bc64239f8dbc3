import { describe, expect, it } from 'vitest';

import { createStatementNames } from '../src/statement-names.ts';

describe('names of statements', () => {
  it('are given to what comes often, each its own, and stay', () => {
    const nameOf = createStatementNames();
    const given = ['a', 'b', 'a', 'a', 'b', 'b', 'a', 'c'].map(nameOf);
    expect(given).toEqual([undefined, undefined, undefined, 'stance_0', undefined, 'stance_1', 'stance_0', undefined]);
  });

  it('are bounded, whatever comes', () => {
    const nameOf = createStatementNames();
    const names = new Set<string | undefined>();
    for (let n = 0; n < 3000; n += 1) {
      for (let times = 0; times < 3; times += 1) names.add(nameOf(`in (${'?'.repeat(n)})`));
    }
    expect(names.size).toBe(201);
    for (let n = 0; n < 3000; n += 1) nameOf(`once ${String(n)}`);
    expect(nameOf('in ()')).toBe('stance_0');
  });
});
