import { describe, expect, it } from 'vitest';

import { historyKey } from '../tables.ts';
import { openForTest } from './opened-read-model.ts';
import type { OpenReadModel } from './opened-read-model.ts';
import { describeReadingChanges } from './reading-changes.ts';
import { describeReadingNames } from './reading-names.ts';
import { describeReadingRegistry } from './reading-registry.ts';
import { describeReadingStatements } from './reading-statements.ts';
import { describeReadingTogether } from './reading-together.ts';
import { historyRow } from './rows.ts';

/**
 * What the reading side of every read model promises, as tests: call it at the top of a test file of the adapter.
 *
 * @param name of the adapter, for the titles.
 * @param open opens a fresh, empty read model; called once for each test.
 */
export const describeReadModelContract = (name: string, open: OpenReadModel): void => {
  describe(`${name} keeps the contract of a read model`, () => {
    describeSnapshots(open);
    describeReadingTogether(open);
    describeReadingNames(open);
    describeReadingRegistry(open);
    describeReadingStatements(open);
    describeReadingChanges(open);
  });
};

const describeSnapshots = (open: OpenReadModel): void => {
  describe('a snapshot', () => {
    it('of a new read model stands at position 0', async () => {
      const { model, writer } = await openForTest(open);
      const checkpoint = await model.read((snapshot) => Promise.resolve(snapshot.checkpoint));
      expect(checkpoint).toEqual(await writer.checkpoint());
      expect(checkpoint).toMatchObject({ position: 0, recordedAt: 0 });
    });

    it('does not see what is written while it is read, and the next one does', async () => {
      const { model, write } = await openForTest(open);
      await write(1, { histories: [historyRow(1, 1, 1, 1)] });
      await model.read(async (snapshot) => {
        await write(2, { histories: [historyRow(1, 1, 1, 2), historyRow(1, 2, 2, 2)] });
        expect(snapshot.checkpoint.position).toBe(1);
        expect(await snapshot.history(historyKey(1, 1))).toEqual({
          history: historyKey(1, 1),
          firstPosition: 1,
          lastPosition: 1,
        });
        expect(await snapshot.history(historyKey(1, 2))).toBeNull();
      });
      const last = await model.read((snapshot) => snapshot.history(historyKey(1, 1)));
      expect(last?.lastPosition).toBe(2);
    });

    it('is a state of its own for each of many reads at once, and none is older than what was written before', async () => {
      const { model, write } = await openForTest(open);
      const page = { knownAt: 100, holder: null, proposition: null, after: null, limit: 100 };
      let written = 0;
      const readInTurn = async (reader: number): Promise<void> => {
        for (let turn = 1; turn <= 4; turn += 1) {
          const before = written;
          await model.read(async (snapshot) => {
            const { position } = snapshot.checkpoint;
            expect(position).toBeGreaterThanOrEqual(before);
            if (reader === 0) {
              await write(turn, { histories: [historyRow(1, turn, turn, turn)] });
              written = turn;
            }
            expect(await snapshot.histories(page)).toHaveLength(position);
            expect(snapshot.checkpoint.position).toBe(position);
          });
        }
      };
      await Promise.all(Array.from({ length: 5 }, (_, reader) => readInTurn(reader)));
      expect(await model.read((snapshot) => snapshot.histories(page))).toHaveLength(4);
    });

    it('tells the last position recorded by an instant', async () => {
      const { model, write } = await openForTest(open);
      await write(9, {
        recorded: [
          { recorded_at: 1000, position: 4 },
          { recorded_at: 2000, position: 9 },
        ],
      });
      const positions = await model.read(async (snapshot) =>
        Promise.all([999, 1000, 1999, 2000, 5000].map((instant) => snapshot.positionAt(instant))),
      );
      expect(positions).toEqual([0, 4, 4, 9, 9]);
    });

    it('passes on what the work throws, and stays usable', async () => {
      const { model } = await openForTest(open);
      const failing = model.read(() => Promise.reject(new RangeError('of the caller')));
      await expect(failing).rejects.toThrow(new RangeError('of the caller'));
      expect(await model.read((snapshot) => snapshot.positionAt(1))).toBe(0);
    });

    it('is refused once the read model is closed, and what is under way is finished', async () => {
      const { model } = await openForTest(open);
      const underWay = model.read(async (snapshot) => {
        await snapshot.positionAt(1);
        return snapshot.positionAt(2);
      });
      const closing = model.close();
      expect(await underWay).toBe(0);
      await closing;
      await expect(model.read((snapshot) => snapshot.positionAt(1))).rejects.toMatchObject({
        code: 'read-model-closed',
        retryable: false,
      });
    });
  });
};
