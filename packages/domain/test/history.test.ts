import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { changeKey, defaultMethod, foldHistory, stanceAt } from '../src/index.ts';
import type { KnownStatement } from '../src/index.ts';
import { plainStatements, statements, unconditional } from './arbitrary.ts';
import { rounds } from './rounds.ts';

const permuted = (size: number): fc.Arbitrary<readonly [KnownStatement[], KnownStatement[]]> =>
  statements(size).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));

const holds = (arbitrary: fc.Arbitrary<KnownStatement[]>, rule: (all: KnownStatement[]) => void): void =>
  fc.assert(fc.property(arbitrary, rule), { numRuns: rounds(1000) });

describe('a history', () => {
  it('is the same in whatever order the statements are given', () => {
    fc.assert(
      fc.property(permuted(16), ([all, shuffled]) => {
        expect(foldHistory(shuffled, defaultMethod)).toEqual(foldHistory(all, defaultMethod));
      }),
      { numRuns: rounds(1000) },
    );
  });

  it('has at most one provisional change a track', () => {
    holds(unconditional(16), (all) => {
      const open = foldHistory(all, defaultMethod).changes.filter((change) => change.status === 'provisional');
      expect(new Set(open.map((change) => change.track)).size).toBe(open.length);
    });
  });

  it('has one first where a moment weighs, and nothing before it', () => {
    holds(unconditional(16), (all) => {
      const { changes, segments } = foldHistory(all, defaultMethod);
      expect(changes.filter((change) => change.kind === 'first').length).toBe(changes.length > 0 ? 1 : 0);
      if (changes.length > 0) expect([changes[0]?.kind, changes[0]?.at]).toEqual(['first', segments[0]?.from]);
    });
  });

  it('keeps what was withdrawn when more is said later', () => {
    const dated = plainStatements(20).map((all) =>
      all.map((one) => ({ ...one, document: null })).toSorted((a, b) => a.said.latest - b.said.latest),
    );
    holds(dated, (all) => {
      const last = all.at(-1);
      const earlier = all.filter((one) => one.said.latest < (last?.said.latest ?? 0));
      const withdrawn = foldHistory(earlier, defaultMethod).changes.filter((change) => change.status === 'withdrawn');
      expect(foldHistory(all, defaultMethod).changes).toEqual(expect.arrayContaining(withdrawn));
    });
  });

  it('tells changes apart by track and opening statement', () => {
    holds(statements(16), (all) => {
      const { changes } = foldHistory(all, defaultMethod);
      expect(new Set(changes.map(changeKey)).size).toBe(changes.length);
    });
  });

  it('says that a statement opened something only where a change of the direction was opened on its day', () => {
    holds(unconditional(16), (all) => {
      const { changes, placed } = foldHistory(all, defaultMethod);
      const days = new Set(changes.filter(({ track }) => track === 'direction').map(({ at }) => at));
      for (const { role, day } of placed) if (role === 'opened') expect(days).toContain(day);
    });
  });

  it('has segments in order, without gaps and each of another stance than the one before', () => {
    holds(statements(20), (all) => {
      const { segments } = foldHistory(all, defaultMethod);
      for (const [index, segment] of segments.entries()) {
        const next = segments[index + 1];
        if (next === undefined) expect(segment.to).toBeNull();
        else {
          expect(segment.to).toBe(next.from - 1);
          expect([segment.direction, segment.strength]).not.toEqual([next.direction, next.strength]);
        }
      }
    });
  });

  it('places every statement once', () => {
    holds(statements(16), (all) => {
      const ids = foldHistory(all, defaultMethod).placed.map((placed) => placed.statement.id);
      expect(ids.toSorted()).toEqual(all.map((one) => one.id).toSorted());
    });
  });

  it('claims a stance earlier than it began, or not at all, and never over a contrary moment', () => {
    holds(statements(16), (all) => {
      const history = foldHistory(all, defaultMethod);
      for (const { claimedSince, since, direction } of history.segments) {
        if (claimedSince === null) continue;
        expect(claimedSince).toBeLessThan(since);
        const other = history.segments.findLast((segment) => segment.direction !== direction && segment.since < since);
        expect(claimedSince).toBeGreaterThan(other?.since ?? -Infinity);
      }
    });
  });

  it('never counts statements later than asked for', () => {
    holds(statements(16), (all) => {
      const history = foldHistory(all, defaultMethod);
      for (let at = -1; at < 20; at += 1) {
        const view = stanceAt(history, at);
        expect(view.statements).toBe(history.placed.filter((placed) => placed.day <= at).length);
        expect(view.reaffirmations).toBeLessThanOrEqual(view.statements);
        expect(view.evidence.length).toBeLessThanOrEqual(20);
      }
    });
  });
});
