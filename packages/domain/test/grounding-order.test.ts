import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultMethod, foldHistory, groundHistories, historyId } from '../src/index.ts';
import type { KnownStatement } from '../src/index.ts';
import { atOnce } from '../src/pieces.ts';
import { placementOf } from '../src/placement.ts';
import { statements } from './arbitrary.ts';
import { rounds } from './rounds.ts';
import { histories, of } from './pointing.ts';

/** Three holders on one proposition, who say for themselves, endorse and reject. */
const worlds = fc
  .tuple(
    statements(14),
    fc.array(fc.tuple(fc.nat(2), fc.nat(9), fc.nat(1), fc.nat(9)), { minLength: 14, maxLength: 14 }),
  )
  .map(([all, choices]) => {
    const names = ['h', 'k', 'm'];
    return all.map((one, index): KnownStatement => {
      const [who, pointing, other, disowning] = choices[index] ?? [0, 0, 0, 0];
      const holder = names[who] ?? 'h';
      const target = names[(who + 1 + other) % 3] ?? 'h';
      const own = { ...one, holder, speaker: one.speaker === 'h' ? holder : one.speaker };
      if (pointing > 6) {
        const act = pointing === 9 ? 'reject' : 'endorse';
        return { ...own, direction: null, act, pointsAt: of(target) };
      }
      if (disowning === 0) return { ...own, direction: null, act: 'disown', disowns: { utteranceId: 'u1' } };
      return own;
    });
  });

describe('what statements point at', () => {
  it('does not depend on their order, nor on histories that nothing points at', () => {
    fc.assert(
      fc.property(
        worlds.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const byId = (some: readonly KnownStatement[]) =>
            [...groundHistories(histories(some), defaultMethod).values()].flat().sort((a, b) => (a.id < b.id ? -1 : 1));
          expect(byId(shuffled)).toEqual(byId(all));
        },
      ),
      { numRuns: rounds(1000) },
    );
  });

  it('is what a fold of the days before gives', () => {
    fc.assert(
      fc.property(worlds, (all) => {
        const grounded = groundHistories(histories(all), defaultMethod);
        for (const one of [...grounded.values()].flat()) {
          if (one.pointsAt === null || one.ground === null || one.condition !== null) continue;
          const own = grounded.get(historyId(of(one.holder))) ?? [];
          const day = placedOn(own, one);
          const target = (grounded.get(historyId(one.pointsAt)) ?? []).filter(({ condition }) => condition === null);
          const before = atOnce(placementOf(target, defaultMethod)).gatherings.flatMap((gathering) =>
            gathering.members
              .filter(
                ({ statement: { pointsAt } }) => gathering.day < day || (gathering.day === day && pointsAt === null),
              )
              // Each stands where all of them together put it, whatever the others of its utterance are.
              .map(({ statement: other }) => ({
                ...other,
                said: { earliest: gathering.day, latest: gathering.day, assumed: false },
              })),
          );
          // Where attaching and copies move weight between utterances, the fold of a part is not a part of the fold.
          if (before.some(({ copyOf, part }) => copyOf !== null || part === 'headline' || part === 'teaser')) continue;
          const segment = foldHistory(before, defaultMethod).segments.at(-1) ?? null;
          if (segment === null) expect(one.ground.reason).toBe('no-stance');
          else {
            expect(one.ground.seen).toMatchObject({ direction: segment.direction, since: segment.since });
            if (one.ground.direction !== 'unclear') expect(one.ground.weight).toBeCloseTo(segment.weight, 9);
          }
        }
      }),
      { numRuns: rounds(1000) },
    );
  });

  const placedOn = (statementsOfHolder: readonly KnownStatement[], one: KnownStatement): number => {
    const unconditional = statementsOfHolder.filter(({ condition }) => condition === null);
    const { gatherings } = atOnce(placementOf(unconditional, defaultMethod));
    const found = gatherings.find(({ members }) => members.some(({ statement: { id } }) => id === one.id));
    return found?.day ?? one.said.latest;
  };
});
