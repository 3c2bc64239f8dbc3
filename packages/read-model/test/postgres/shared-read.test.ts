import type { Snapshot } from '@stance/read-model';
import { expect, it, vi } from 'vitest';

import { createSharedRead } from '../../src/postgres/shared-read.ts';

/** Transactions that can be counted; a snapshot of one is its number. */
const transactions = () => {
  let begun = 0;
  const open = new Set<number>();
  const begin = () => {
    const number = (begun += 1);
    open.add(number);
    return Promise.resolve({
      snapshot: number as unknown as Snapshot,
      end: async () => {
        await Promise.resolve();
        open.delete(number);
      },
    });
  };
  return { begin, open, begun: () => begun };
};

const numberOf = (snapshot: Snapshot): Promise<number> => Promise.resolve(snapshot as unknown as number);

it('reads one after the other, and beside each other, in one transaction, which the end ends', async () => {
  const { begin, open } = transactions();
  const shared = createSharedRead(begin);
  expect(await shared.read(numberOf)).toBe(1);
  expect(await Promise.all([shared.read(numberOf), shared.read(numberOf)])).toEqual([1, 1]);
  await shared.end();
  expect(open).toEqual(new Set());
  expect(shared.isOpen()).toBe(false);
});

it('holds no transaction while nobody reads for a while, and begins another one then', async () => {
  const { begin, open } = transactions();
  const shared = createSharedRead(begin);
  await shared.read(numberOf);
  await vi.waitUntil(() => open.size === 0);
  expect(await shared.read(numberOf)).toBe(2);
  await shared.end();
  expect(open).toEqual(new Set());
});

it('ends a transaction in which something failed before it begins the next one', async () => {
  const { begin, open } = transactions();
  const shared = createSharedRead(begin);
  await expect(shared.read(() => Promise.reject(new Error('as it is')))).rejects.toThrow('as it is');
  const seen = await shared.read(async (snapshot) => [await numberOf(snapshot), open.size]);
  expect(seen).toEqual([2, 1]);
  await shared.end();
  expect(open).toEqual(new Set());
});

it('waits at its end for who reads, and leaves nothing open where it could not begin', async () => {
  const { begin, open } = transactions();
  const shared = createSharedRead(begin);
  const over = Promise.withResolvers<void>();
  const reading = shared.read(async (snapshot) => {
    await over.promise;
    return numberOf(snapshot);
  });
  const ended = shared.end();
  over.resolve();
  expect(await reading).toBe(1);
  await ended;
  expect(open).toEqual(new Set());

  const failing = createSharedRead(() => Promise.reject(new Error('no server')));
  await expect(failing.read(numberOf)).rejects.toThrow('no server');
  await failing.end();
});
