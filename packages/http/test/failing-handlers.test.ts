import { describe, expect, test } from 'vitest';

import { registerEndpoint } from '../src/index.ts';
import { call, getThing, problemOf, serve } from './served.ts';

describe('a handler that fails', () => {
  test('is answered as internal, and only the log says why', async () => {
    const served = await serve((app) => {
      registerEndpoint(app, getThing, () => {
        throw new Error('secret inside');
      });
    });

    const reply = await call(served, '/v1/things/a');

    expect(reply.status).toBe(500);
    expect(problemOf(reply)).toMatchObject({ code: 'internal', retryable: false });
    expect(reply.text).not.toContain('secret');
    expect(served.log.lines.find((line) => line['level'] === 50)).toMatchObject({
      requestId: problemOf(reply).requestId,
      err: { message: 'secret inside' },
    });
  });

  test('by giving no answer is answered as internal', async () => {
    const served = await serve((app) => registerEndpoint(app, getThing, () => undefined));
    expect((await call(served, '/v1/things/a')).status).toBe(500);
  });
});
