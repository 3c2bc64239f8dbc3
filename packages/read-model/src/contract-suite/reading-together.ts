import { describe, expect, it } from 'vitest';

import type { ReadModel } from '../read-model.ts';
import { openForTest } from './opened-read-model.ts';
import type { OpenReadModel } from './opened-read-model.ts';

const positionOf = (model: ReadModel): Promise<number> =>
  model.read((snapshot) => Promise.resolve(snapshot.checkpoint.position));

export const describeReadingTogether = (open: OpenReadModel): void => {
  describe('reads that belong together', () => {
    it('see no state that is older than what was written before, nor one older than another of them', async () => {
      const { model, write } = await openForTest(open);
      await write(1, {});
      await model.together(async () => {
        const first = await positionOf(model);
        await write(2, {});
        const others = await Promise.all([
          positionOf(model),
          positionOf(model),
          model.together(() => positionOf(model)),
        ]);
        expect(first).toBe(1);
        expect(Math.min(...others)).toBeGreaterThanOrEqual(first);
      });
      expect(await positionOf(model)).toBe(2);
    });

    it('have nothing to do with those of others', async () => {
      const { model, write } = await openForTest(open);
      const begun = Promise.withResolvers<void>();
      const over = Promise.withResolvers<void>();
      const work = model.together(async () => {
        await positionOf(model);
        begun.resolve();
        await over.promise;
        return positionOf(model);
      });
      await begun.promise;
      await write(1, {});
      expect(await positionOf(model)).toBe(1);
      over.resolve();
      expect(await work).toBeLessThanOrEqual(1);
    });

    it('are each of their own once one failed, or once the work is over', async () => {
      const { model, write } = await openForTest(open);
      const later = Promise.withResolvers<void>();
      const left = await model.together(async () => {
        const failed = model.read(() => Promise.reject(new Error('as it should')));
        await expect(failed).rejects.toThrow('as it should');
        await write(1, {});
        expect(await positionOf(model)).toBe(1);
        return { position: later.promise.then(() => positionOf(model)) };
      });
      await write(2, {});
      later.resolve();
      expect(await left.position).toBe(2);
      await expect(model.together(() => Promise.reject(new Error('as it is')))).rejects.toThrow('as it is');
    });

    it('end before it is closed, and none begin after', async () => {
      const { model } = await openForTest(open);
      const begun = Promise.withResolvers<void>();
      const work = model.together(async () => {
        const before = await positionOf(model);
        begun.resolve();
        return [before];
      });
      await begun.promise;
      await Promise.all([model.close(), expect(work).resolves.toEqual([0])]);
      await expect(model.together(() => positionOf(model))).rejects.toMatchObject({ code: 'read-model-closed' });
    });
  });
};
