import { changeId } from '@stance/contracts';
import { describe, expect, it } from 'vitest';

const identity = { method: 'default', holder: 'a', proposition: 'b', track: 'direction', openedBy: 's-1' } as const;

describe('the id of a change', () => {
  it('is the same in every rebuild', () => {
    expect(changeId(identity)).toBe('c-b80efcefb051838e7010bddb1b595019');
  });

  it('differs with each part of its identity, however the parts are cut', () => {
    const others = [
      { ...identity, method: 'other' },
      { ...identity, holder: 'ab', proposition: '' },
      { ...identity, track: 'strength' as const },
      { ...identity, openedBy: 's-2' },
    ];
    expect(new Set([identity, ...others].map(changeId)).size).toBe(5);
  });
});
