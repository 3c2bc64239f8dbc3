import { expect, test } from 'vitest';

import { newFiles, startService } from './support/service.ts';

interface Written {
  readonly outcome: string;
  readonly revision: number;
  readonly position: number;
  readonly code?: string;
}

const statement = { id: 's1', holder: 'ann', proposition: 'tax', direction: 'support', saidAt: '2024-01-10' };
const counted = (values: readonly unknown[]): Record<string, number> =>
  Object.fromEntries(
    Map.groupBy(values, String)
      .entries()
      .map(([value, { length }]) => [value, length]),
  );

test('of a hundred who submit one statement at once one has it recorded, and the others are told where it stands', async () => {
  const service = await startService(await newFiles());
  const replies = await Promise.all(
    Array.from({ length: 100 }, () => service.post<Written>('/v1/statements?createMissing=true', statement)),
  );
  expect(counted(replies.map(({ status }) => status))).toEqual({ 201: 1, 200: 99 });
  expect(counted(replies.map(({ body }) => body.outcome))).toEqual({ accepted: 1, duplicate: 99 });
  expect(new Set(replies.map(({ body }) => body.position)).size).toBe(1);
});

test('of a hundred who say different things under one id one is recorded, and the others are refused', async () => {
  const service = await startService(await newFiles());
  const replies = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      service.post<Written>('/v1/statements?createMissing=true', { ...statement, utteranceId: `u${index}` }),
    ),
  );
  expect(counted(replies.map(({ status }) => status))).toEqual({ 201: 1, 409: 99 });
  expect(counted(replies.map(({ body }) => body.code ?? 'none'))).toEqual({ none: 1, 'statement-conflict': 99 });
});

test('of those who correct one revision at once one does, and the others are told that they were late', async () => {
  const service = await startService(await newFiles());
  await service.post('/v1/statements?createMissing=true', statement);
  const replies = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      service.post<Written>(
        '/v1/statements/s1/correction',
        { reason: `reader ${index}`, strength: index / 100 },
        { 'if-match': '"0"' },
      ),
    ),
  );
  expect(counted(replies.map(({ status }) => status))).toEqual({ 200: 1, 412: 29 });
});

test('those who correct whatever revision there is all get through, one after the other, and the last one holds', async () => {
  const service = await startService(await newFiles());
  await service.post('/v1/statements?createMissing=true', statement);
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      service.post<Written>('/v1/statements/s1/correction', { reason: `reader ${index}`, strength: index / 100 }),
    ),
  );
  expect(counted(replies.map(({ status }) => status))).toEqual({ 200: 8 });
  expect(replies.map(({ body }) => body.revision).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const last = replies.findIndex(({ body }) => body.revision === 8);
  const held = await service.ask<{ strength: number }>(
    `/v1/statements/s1?minPosition=${Math.max(...replies.map(({ body }) => body.position))}`,
  );
  expect(held.strength).toBe(last / 100);
});
