import { applyMergePatch, readCorrection } from '@stance/contracts';
import { describe, expect, it } from 'vitest';

describe('JSON Merge Patch', () => {
  // The cases of RFC 7396, appendix A.
  it.each<[unknown, unknown, unknown]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j patched with %j is %j', (target, patch, result) => {
    expect(applyMergePatch(target, patch)).toEqual(result);
  });

  it('leaves what it is given as it is', () => {
    const target = { a: { b: 1 } };
    applyMergePatch(target, { a: { b: null, c: 2 } });
    expect(target).toEqual({ a: { b: 1 } });
  });
});

const problemsOf = (input: unknown): string[] => {
  const reading = readCorrection(input);
  return 'ok' in reading ? [] : reading.problems.map(({ path, message }) => `${path}: ${message}`);
};

describe('reading a correction', () => {
  it('takes the reason apart from the patch', () => {
    const patch = { direction: 'oppose', heldSince: null, source: { publisher: null, part: 'body' } };
    expect(readCorrection({ reason: 'misread', ...patch })).toEqual({ ok: { reason: 'misread', patch } });
  });

  it.each(['id', 'holder', 'proposition', 'replaces'])('does not let the %s be corrected', (field) => {
    const message = 'cannot be corrected: retract the statement, and submit one that `replaces` it';
    expect(problemsOf({ reason: 'x', [field]: 'y' })).toEqual([`${field}: ${message}`]);
    expect(problemsOf({ reason: 'x', [field]: null })).toEqual([`${field}: ${message}`]);
  });

  it.each<[string, unknown, string]>([
    ['no reason', { direction: 'oppose' }, 'reason: is required'],
    ['nothing to change', { reason: 'x' }, ': names no field to change'],
    ['an unknown field', { reason: 'x', stance: 1 }, 'stance: unknown field'],
    ['an unknown field inside', { reason: 'x', source: { page: 1 } }, 'source.page: unknown field'],
    ['a wrong value', { reason: 'x', strength: 2 }, 'strength: Too big: expected number to be <=1'],
  ])('refuses %s', (_what, input, problem) => {
    expect(problemsOf(input)).toEqual([problem]);
  });
});
