import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ChangeKey, ChangesPage, Snapshot } from '../read-model.ts';
import { historyKey, holderOf, propositionOf } from '../tables.ts';
import type { ChangeRow } from '../writer.ts';
import { openForTest } from './opened-read-model.ts';
import type { OpenReadModel } from './opened-read-model.ts';
import { change, historyRow } from './rows.ts';
import type { GivenChange } from './rows.ts';

const page: ChangesPage = {
  holder: null,
  proposition: null,
  kinds: null,
  statuses: null,
  from: null,
  to: null,
  untouchedAfter: null,
  after: null,
  limit: 1000,
};

const backwards = (a: ChangeKey, b: ChangeKey): number =>
  b.day - a.day || b.history - a.history || b.track - a.track || b.opened - a.opened;

/** All that a list holds, page by page. */
const walk = async (snapshot: Snapshot, asked: ChangesPage): Promise<ChangeRow[]> => {
  const found: ChangeRow[] = [];
  let { after } = asked;
  do {
    const { rows, more } = await snapshot.changes({ ...asked, after });
    found.push(...rows);
    after = more;
  } while (after !== null);
  return found;
};

const changeRow: fc.Arbitrary<GivenChange> = fc
  .record({
    holder: fc.integer({ min: 1, max: 3 }),
    proposition: fc.integer({ min: 1, max: 3 }),
    track: fc.constantFrom(0, 1),
    opened: fc.integer({ min: 1, max: 5 }),
    day: fc.integer({ min: -2, max: 3 }),
    kind: fc.constantFrom('first', 'reversal', 'softening'),
    status: fc.constantFrom('provisional', 'confirmed', 'withdrawn'),
  })
  .map(({ holder, proposition, ...row }) => change({ ...row, history: historyKey(holder, proposition) }));

const choice = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values));

const filter: fc.Arbitrary<Partial<ChangesPage>> = fc.record({
  holder: choice(1, 2, 9),
  proposition: choice(1, 3),
  kinds: choice(['first'], ['reversal', 'softening'], ['first', 'reversal']),
  statuses: choice(['confirmed'], ['provisional', 'withdrawn']),
  from: choice(-1, 0),
  to: choice(0, 2),
  untouchedAfter: choice(3, 6),
  limit: fc.integer({ min: 1, max: 7 }),
});

/** Histories whose number is odd were touched at 5, the others at 3. */
const touchedAt = (history: number): number => (propositionOf(history) % 2 === 1 ? 5 : 3);

const matches = (row: GivenChange, asked: ChangesPage): boolean =>
  (asked.holder === null || holderOf(row.history) === asked.holder) &&
  (asked.proposition === null || propositionOf(row.history) === asked.proposition) &&
  (asked.kinds === null || asked.kinds.includes(row.kind)) &&
  (asked.statuses === null || asked.statuses.includes(row.status)) &&
  (asked.from === null || row.day >= asked.from) &&
  (asked.to === null || row.day <= asked.to) &&
  (asked.untouchedAfter === null || touchedAt(row.history) <= asked.untouchedAfter);

export const describeReadingChanges = (open: OpenReadModel): void => {
  describe('changes', () => {
    it('stand newest day first, and page by page are what they are at once, under any filter', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(changeRow, {
            maxLength: 30,
            selector: ({ history, track, opened }) => `${String(history)} ${String(track)} ${String(opened)}`,
          }),
          fc.array(filter, { minLength: 1, maxLength: 5 }),
          async (rows, filters) => {
            const { model, write } = await openForTest(open);
            const histories = [...new Set(rows.map(({ history }) => history))].map((history, index) =>
              historyRow(holderOf(history), propositionOf(history), index + 1, touchedAt(history)),
            );
            await write(9, { changes: rows, histories });
            for (const asked of filters.map((one): ChangesPage => ({ ...page, ...one }))) {
              const expected = rows.filter((row) => matches(row, asked)).toSorted(backwards);
              expect(await model.read((snapshot) => walk(snapshot, asked))).toEqual(expected);
            }
          },
        ),
        { numRuns: 20 },
      );
    });

    it('that match seldom are looked for in steps: what was looked through so far comes with where to go on', async () => {
      const { model, write } = await openForTest(open);
      const rows = Array.from({ length: 25_000 }, (_, index) =>
        change({ opened: index, day: index % 100, kind: 'first', status: index === 0 ? 'confirmed' : 'withdrawn' }),
      );
      await write(1, { changes: rows, histories: [historyRow(1, 1, 1, 1)] });
      await model.read(async (snapshot) => {
        const asked: ChangesPage = { ...page, statuses: ['confirmed'], limit: 10 };
        const { rows: found, more } = await snapshot.changes(asked);
        expect(found).toEqual([]);
        expect(more).not.toBeNull();
        expect(await walk(snapshot, asked)).toEqual([rows[0]]);
      });
    });

    it('that are not confirmed are found at once among very many that are', async () => {
      const { model, write } = await openForTest(open);
      const rows = Array.from({ length: 25_000 }, (_, index) =>
        change({ opened: index, day: index % 100, kind: 'first', status: index === 0 ? 'provisional' : 'confirmed' }),
      );
      await write(1, { changes: rows, histories: [historyRow(1, 1, 1, 1)] });
      const asked: ChangesPage = { ...page, statuses: ['provisional', 'withdrawn'], limit: 10 };
      expect(await model.read((snapshot) => snapshot.changes(asked))).toEqual({ rows: [rows[0]], more: null });
    });
  });
};
