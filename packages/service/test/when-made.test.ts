import { ReadModelError } from '@stance/read-model';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';

import { whenMade } from '../src/when-made.ts';

const logger = pino({ level: 'silent' });
const missing = () => Promise.reject(new ReadModelError('read-model-missing', 'nothing there', { retryable: true }));

test('what is not made yet is waited for', async () => {
  const open = vi.fn<() => Promise<string>>(missing).mockImplementationOnce(missing);
  open.mockImplementationOnce(missing).mockResolvedValue('made');
  expect(await whenMade(open, { logger, stopping: new AbortController().signal })).toBe('made');
  expect(open).toHaveBeenCalledTimes(3);
});

test('the wait ends where the process is to stop', async () => {
  const stopping = new AbortController();
  const looked = Promise.withResolvers<void>();
  const waiting = whenMade(
    () => {
      looked.resolve();
      return missing();
    },
    { logger, stopping: stopping.signal },
  );
  await looked.promise;
  stopping.abort();
  await expect(waiting).rejects.toBe(stopping.signal.reason);
});

test('what is wrong otherwise is not waited for', async () => {
  const error = new ReadModelError('read-model-refused', 'wrong password');
  const stopping = new AbortController().signal;
  await expect(whenMade(() => Promise.reject(error), { logger, stopping })).rejects.toBe(error);
});
