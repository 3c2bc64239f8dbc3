import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';

import { newFiles, startService } from './support/service.ts';

interface Projections {
  readonly items: readonly { readonly position: number; readonly lag: { readonly events: number } }[];
}

test('while the projection is held up statements are taken, the lag is shown, and a read that needs them is put off', async () => {
  const files = await newFiles();
  const service = await startService(files);
  const path = '/v1/statements?createMissing=true';
  const said = { holder: 'ann', proposition: 'tax', direction: 'support' };
  const first = await service.post<{ position: number }>(path, { ...said, saidAt: '2024-01-01' });
  await service.ask(`/v1/stances?holder=ann&minPosition=${first.body.position}`);

  const holding = new Sqlite(files.readModel);
  onTestFinished(() => void holding.close());
  holding.exec('BEGIN IMMEDIATE');
  const second = await service.post<{ position: number }>(path, { ...said, saidAt: '2024-01-02' });
  expect(second.status).toBe(201);
  const behind = await service.ask<Projections>('/v1/projections');
  expect(behind.items[0]).toMatchObject({ position: first.body.position, lag: { events: 1 } });
  expect(await service.ask('/v1/stances?holder=ann')).toMatchObject({ knownAt: first.body.position });

  const putOff = await service.get<{ code: string }>(`/v1/stances?holder=ann&minPosition=${second.body.position}`);
  expect(putOff).toMatchObject({ status: 503, body: { code: 'not-caught-up' } });
  expect(Number(putOff.headers.get('retry-after'))).toBeGreaterThan(0);

  holding.exec('ROLLBACK');
  await vi.waitFor(
    async () => {
      const read = await service.get(`/v1/stances?holder=ann&minPosition=${second.body.position}`);
      expect(read).toMatchObject({ status: 200, body: { items: [{ statements: 2 }] } });
    },
    { timeout: 20_000 },
  );
});
