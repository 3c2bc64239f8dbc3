import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import type { StoredEvent } from '@stance/event-store';
import { expect } from 'vitest';

import { exchange } from './exchange.ts';
import type { Service } from './service.ts';

/** Every event of the log, read from its file. */
export const eventsOf = async (path: string): Promise<readonly StoredEvent[]> => {
  const log = await openSqliteEventLogReader({ path });
  try {
    return (await log.readAll({ after: 0, limit: 10_000 })).events;
  } finally {
    await log.close();
  }
};

/** After everything wrong: the log ends where it should, all of it can be read, and the service is as well as before. */
export const expectUnharmed = async (
  service: Service,
  events: number,
  expected: { readonly failures?: number; readonly authorization?: string } = {},
): Promise<void> => {
  expect(await eventsOf(service.events)).toHaveLength(events);
  const ready = await exchange(service.port, { path: '/readyz' });
  expect(ready).toMatchObject({ status: 200, text: expect.stringContaining('"ready"') });
  const actors = await exchange(service.port, {
    path: `/v1/actors?minPosition=${events}`,
    ...(expected.authorization === undefined ? {} : { headers: { authorization: expected.authorization } }),
  });
  expect(actors).toMatchObject({ status: 200, text: expect.stringContaining(`"knownAt":${events},`) });
  const metrics = await exchange(service.port, { path: '/metrics' });
  const failures = [...metrics.text.matchAll(/^http_request_duration_seconds_count\{.*status="5\d\d".*\} (\d+)$/gm)];
  expect(failures.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(expected.failures ?? 0);
  expect(metrics.text).toMatch(/^stance_projection_parked_streams 0$/m);
  expect(metrics.text).toMatch(/^stance_projection_restarts 0$/m);
  if (expected.failures === undefined) expect(service.log()).not.toMatch(/"level":[56]0/);
};
