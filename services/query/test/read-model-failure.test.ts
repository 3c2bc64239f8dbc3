import { ProblemError } from '@stance/contracts';
import { ReadModelError } from '@stance/read-model';
import type { ReadModelErrorCode } from '@stance/read-model';
import { describe, expect, it } from 'vitest';

import { createAnsweringReadModel } from '../src/read-model-failure.ts';

const failureOf = async (code: ReadModelErrorCode, retryable: boolean): Promise<unknown> => {
  const failing = createAnsweringReadModel({
    read: () => Promise.reject(new ReadModelError(code, 'postgres://user@host', { retryable })),
    together: (work) => work(),
    close: () => Promise.resolve(),
  });
  return failing.read(() => Promise.resolve()).catch((error: unknown) => error);
};

const codes: readonly ReadModelErrorCode[] = [
  'read-model-missing',
  'read-model-foreign-file',
  'read-model-foreign-schema',
  'read-model-outdated',
  'read-model-corrupt',
  'read-model-busy',
  'read-model-full',
  'read-model-unavailable',
  'read-model-refused',
  'read-model-no-rights',
  'read-model-read-only',
  'read-model-unsupported-server',
];

describe('a failure of the read model', () => {
  it.each(codes)('is a problem that says nothing of files or of where it is: %s', async (code) => {
    for (const retryable of [true, false]) {
      const problem = await failureOf(code, retryable);
      expect(problem).toBeInstanceOf(ProblemError);
      expect(problem).toMatchObject({ code: 'read-model-unavailable', status: 503 });
      expect((problem as ProblemError).message).not.toMatch(/file|schema|postgres|@/i);
    }
  });

  it('says when to try again where it may pass, and only there', async () => {
    expect(await failureOf('read-model-unavailable', true)).toMatchObject({ headers: { 'retry-after': '1' } });
    expect(await failureOf('read-model-refused', false)).toMatchObject({ headers: {} });
  });

  it('that comes of closing says that the service stops', async () => {
    expect(await failureOf('read-model-closed', false)).toMatchObject({ code: 'shutting-down' });
  });
});
