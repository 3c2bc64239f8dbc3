import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { implicationsFor } from '../src/index.ts';
import type { Relation, RelationType, Side } from '../src/index.ts';
import { rounds } from './rounds.ts';

const related = (from: string, type: RelationType, to: string): Relation => ({ from, type, to });

const implied = (proposition: string, ...relations: readonly Relation[]) =>
  implicationsFor(proposition, (one) => relations.filter(({ from, to }) => from === one || to === one));

const told = (proposition: string, ...relations: readonly Relation[]): string[] =>
  implied(proposition, ...relations).map((one) => `${one.given} ${one.proposition} -> ${one.implied}`);

describe('what follows on a proposition', () => {
  it('from one that entails it: support; and on that one, from opposing what it entails: oppose', () => {
    const relation = related('soldiers', 'entails', 'trainers');
    expect(told('trainers', relation)).toEqual(['support soldiers -> support']);
    expect(told('soldiers', relation)).toEqual(['oppose trainers -> oppose']);
  });

  it('from supporting what contradicts it, either way round: oppose; from opposing that nothing', () => {
    const relation = related('keep', 'contradicts', 'close');
    expect(told('close', relation)).toEqual(['support keep -> oppose']);
    expect(told('keep', relation)).toEqual(['support close -> oppose']);
  });

  it('from opposing what it narrows: oppose; and from a narrower one nothing', () => {
    const relation = related('north', 'narrows', 'pipeline');
    expect(told('north', relation)).toEqual(['oppose pipeline -> oppose']);
    expect(told('pipeline', relation)).toEqual([]);
  });

  it('along several relations, with the path from there to here', () => {
    const chain = [related('a', 'entails', 'b'), related('b', 'entails', 'c'), related('c', 'contradicts', 'd')];
    expect(told('d', ...chain)).toEqual(['support c -> oppose', 'support b -> oppose', 'support a -> oppose']);
    expect(
      implied('d', ...chain)
        .at(-1)
        ?.path(),
    ).toEqual(chain);
  });

  it('by the shortest path, once, and round circles without end', () => {
    const circle = [
      related('a', 'entails', 'b'),
      related('b', 'entails', 'a'),
      related('a', 'entails', 'c'),
      related('b', 'entails', 'c'),
    ];
    expect(told('c', ...circle)).toEqual(['support a -> support', 'support b -> support']);
    expect(implied('c', ...circle).map(({ path, distance }) => [path().length, distance])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('is what a world that keeps to the relations bears out', () => {
    const names = ['a', 'b', 'c', 'd'];
    const relation = fc
      .tuple(
        fc.constantFrom(...names),
        fc.constantFrom<RelationType>('entails', 'contradicts', 'narrows'),
        fc.constantFrom(...names),
      )
      .filter(([from, , to]) => from !== to)
      .map(([from, type, to]) => related(from, type, to));
    // One who is consistent: true or false for each proposition; what is narrower holds only where the wider does.
    const keepsTo = (held: ReadonlyMap<string, boolean>, { from, type, to }: Relation): boolean =>
      type === 'contradicts'
        ? !(held.get(from) === true && held.get(to) === true)
        : held.get(from) === false || held.get(to) === true;
    const sideOf = (held: ReadonlyMap<string, boolean>, name: string): Side =>
      held.get(name) === true ? 'support' : 'oppose';
    fc.assert(
      fc.property(
        fc.array(relation, { maxLength: 8 }),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        (relations, truths) => {
          const held = new Map(names.map((name, index) => [name, truths[index] ?? false]));
          fc.pre(relations.every((one) => keepsTo(held, one)));
          for (const name of names) {
            for (const one of implied(name, ...relations)) {
              if (sideOf(held, one.proposition) === one.given) expect(sideOf(held, name)).toBe(one.implied);
            }
          }
        },
      ),
      { numRuns: rounds(2000) },
    );
  });
});
