import type { HistoryRow, ReadModel, Snapshot } from '@stance/read-model';
import { expect, test } from 'vitest';

import type { Folds } from '../src/folds.ts';
import { createRefoldedChanges } from '../src/refolded-changes.ts';

const scope = { knownAt: 0, holder: null, proposition: null };

/** So many histories touched one after the other, and how many of them were folded. */
const touched = (count: number) => {
  const rows = Array.from({ length: count }, (_, index): HistoryRow => ({
    history: index + 1,
    firstPosition: 0,
    lastPosition: index + 1,
  }));
  const snapshot: Pick<Snapshot, 'checkpoint' | 'historiesTouched' | 'firstPositions'> = {
    checkpoint: { position: count, recordedAt: 0, generation: 'g', method: 'default', methodVersion: 1 },
    historiesTouched: ({ after, limit }) =>
      Promise.resolve(rows.filter(({ lastPosition }) => lastPosition > after.lastPosition).slice(0, limit)),
    firstPositions: () => Promise.resolve(new Map()),
  };
  const readModel: Pick<ReadModel, 'read'> = { read: (work) => work(snapshot as Snapshot) };
  const folded: number[] = [];
  const folds: Pick<Folds, 'of'> = {
    of: (page) => {
      folded.push(...page.map(({ history }) => history));
      return Promise.resolve(new Map());
    },
  };
  return { folded, refolded: createRefoldedChanges({ readModel: readModel as ReadModel, folds: folds as Folds }) };
};

test('folding anew ends once nobody waits for it, and whoever asks next goes on from there', async () => {
  const { folded, refolded } = touched(1000);
  const left = await refolded.of(scope, AbortSignal.abort());
  expect(folded).toHaveLength(200);
  expect(left.until).toBeLessThan(1000);
  const whole = await refolded.of(scope, new AbortController().signal);
  expect(whole.until).toBe(1000);
  expect(folded.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
});
