import type { ProjectorStatus } from '@stance/projector';
import { expect, test } from 'vitest';

import { readinessChecks } from '../src/operating.ts';

const checksAt = async (status: Partial<ProjectorStatus>) => {
  const { projection = null } = await readinessChecks({
    eventStore: { head: () => Promise.resolve(100) },
    readModel: { read: () => Promise.reject(new Error('it is not asked for the projection')) },
    head: () => 100,
    projector: {
      status: () => ({
        state: 'following',
        hasCaughtUp: true,
        position: 100,
        parkedStreams: 0,
        fault: null,
        ...status,
      }),
    },
  });
  return projection;
};

test('a read model that is made anew is not ready before it has caught up once, and stays so when it falls behind', async () => {
  expect(await checksAt({ state: 'catching-up', hasCaughtUp: false, position: 7 })).toEqual({
    ok: false,
    detail: 'catching-up, at position 7 of 100',
  });
  // A broker that has brought nothing yet leaves nothing to do.
  expect(await checksAt({ state: 'following', hasCaughtUp: false, position: 7 })).toMatchObject({ ok: false });
  expect(await checksAt({})).toMatchObject({ ok: true });
  expect(await checksAt({ state: 'catching-up', position: 50 })).toMatchObject({ ok: true });
});

test('a projection that does not run is not ready, and says why', async () => {
  const fault = { code: 'read-model-full', message: 'the disk is full' };
  expect(await checksAt({ state: 'restarting', fault })).toEqual({
    ok: false,
    detail: 'restarting, at position 100 of 100: the disk is full',
  });
});

test('parked streams are told of, and keep nobody from being ready', async () => {
  expect(await checksAt({ parkedStreams: 2 })).toEqual({
    ok: true,
    detail: 'following, at position 100 of 100, 2 streams parked',
  });
});
