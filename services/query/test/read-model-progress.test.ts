import type { ReadModel, Snapshot } from '@stance/read-model';
import { openPostgresReadModel, openPostgresReadModelWriter } from '@stance/read-model/postgres';
import { testPostgres } from '@stance/test-services';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { createReadModelProgress } from '../src/read-model-progress.ts';

const postgres = await testPostgres();
const log = { logId: () => Promise.resolve(null), head: () => Promise.resolve(7), headAt: () => Promise.resolve(null) };
const never = new AbortController().signal;

/** A read model at a position that is set by hand, on a clock that is, and how often it was looked at. */
const watched = async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const state = { position: 3, looks: 0, failure: null as Error | null };
  const read: ReadModel['read'] = (work) => {
    state.looks += 1;
    return state.failure === null
      ? work({ checkpoint: { position: state.position } } as Snapshot)
      : Promise.reject(state.failure);
  };
  const progress = await createReadModelProgress({ readModel: { read }, log });
  onTestFinished(() => {
    progress.stop();
  });
  return { state, progress, after: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds) };
};

describe('the progress of a read model that another process makes', () => {
  it('says where it is from the start, and follows it about four times a second', async () => {
    const { state, progress, after } = await watched();
    expect([progress.position(), progress.headAtStart, await progress.head()]).toEqual([3, 7, 7]);
    state.position = 5;
    await after(250);
    expect(progress.position()).toBe(5);
    expect(state.looks).toBe(2);
    await after(10_000);
    expect(state.looks).toBe(42);
  });

  it('is looked at once for all who wait, soon and often, and seldom again when nobody does', async () => {
    const { state, progress, after } = await watched();
    await after(100);
    const looked = state.looks;
    const waits = [4, 5, 5, 6].map((position) => progress.whenPassed(position, { timeoutMs: 1000, signal: never }));
    await after(0);
    expect(state.looks).toBe(looked + 1);
    await after(200);
    expect(state.looks).toBe(looked + 11);
    state.position = 6;
    await after(20);
    expect(await Promise.all(waits)).toEqual([true, true, true, true]);
    const then = state.looks;
    await after(240);
    expect(state.looks).toBe(then);
  });

  it('tells who waits too long that it has not passed, who gives up why, and all when it stops', async () => {
    const { progress, after } = await watched();
    const giving = new AbortController();
    const late = progress.whenPassed(9, { timeoutMs: 50, signal: never });
    const given = progress.whenPassed(9, { timeoutMs: 5000, signal: giving.signal });
    const stopped = progress.whenPassed(9, { timeoutMs: 5000, signal: never });
    giving.abort(new Error('the client is gone'));
    await expect(given).rejects.toThrow('the client is gone');
    await after(50);
    expect(await late).toBe(false);
    progress.stop();
    expect(await stopped).toBe(false);
    expect(await progress.whenPassed(9, { timeoutMs: 5000, signal: never })).toBe(false);
    expect(await progress.whenPassed(3, { timeoutMs: 5000, signal: never })).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps what it saw while the read model is away, tells why, looks more seldom, and recovers by itself', async () => {
    const { state, progress, after } = await watched();
    state.failure = new Error('the server is away');
    const waiting = progress.whenPassed(4, { timeoutMs: 60_000, signal: never });
    await after(20);
    expect(progress.fault()).toBe(state.failure);
    expect(progress.position()).toBe(3);
    const looked = state.looks;
    await after(40_000);
    expect(state.looks - looked).toBeLessThan(15);
    state.failure = null;
    state.position = 4;
    await after(5000);
    expect(await waiting).toBe(true);
    expect(progress.fault()).toBeNull();
  });
});

describe.skipIf(postgres.missing !== null)(`the progress of a read model in PostgreSQL${postgres.note}`, () => {
  it('sees what another process has written, and goes on after the server has hung up', async () => {
    const { url, schema, query, drop } = postgres.schema();
    const method = { name: 'default', version: 1 };
    const writer = await openPostgresReadModelWriter({ url, schema, method });
    const readModel = await openPostgresReadModel({ url: `${url}?application_name=${schema}`, schema });
    const progress = await createReadModelProgress({ readModel, log });
    const commit = (after: number, position: number) =>
      writer.commit({ after, position, recordedAt: 1, remove: {}, update: [], insert: {}, add: {}, put: {} });
    const first = progress.whenPassed(3, { timeoutMs: 10_000, signal: never });
    await commit(0, 3);
    expect(await first).toBe(true);
    await query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = $1', [schema]);
    const second = progress.whenPassed(8, { timeoutMs: 10_000, signal: never });
    await commit(3, 8);
    expect(await second).toBe(true);
    progress.stop();
    await readModel.close();
    await writer.close();
    await drop();
  });
});
