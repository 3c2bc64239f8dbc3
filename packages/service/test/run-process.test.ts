import { expect, onTestFinished, test, vi } from 'vitest';

import { runProcess } from '../src/run-process.ts';
import type { RunningService, ServiceProcess } from '../src/run-process.ts';

const env = { STANCE_LOG_LEVEL: 'silent', STANCE_STOP_SECONDS: '5' };
const never = new Promise<never>(() => {});

/** A process under the clock of the test; `ended` says with what it was ended where it was. */
const running = (start: ServiceProcess<RunningService>['start']) => {
  vi.useFakeTimers();
  const ended = vi.fn<(code: unknown) => void>();
  const exit = vi.spyOn(process, 'exit').mockImplementation(((code: unknown) => {
    ended(code);
  }) as typeof process.exit);
  onTestFinished(() => {
    vi.useRealTimers();
    exit.mockRestore();
  });
  const code = runProcess(env, { name: 'standalone', start, announcement: () => [] });
  return { code, ended, after: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds) };
};

test.for([
  ['does not stop', () => Promise.resolve({ address: '', stop: () => never })],
  ['does not start', () => never],
] as const)('a service that %s ends some time after it was asked to', async ([, start]) => {
  const { ended, after } = running(start);
  await after(60_000);
  expect(ended).not.toHaveBeenCalled();
  process.emit('SIGTERM');
  await after(19_999);
  expect(ended).not.toHaveBeenCalled();
  await after(1);
  expect(ended).toHaveBeenCalledExactlyOnceWith(1);
});

test('a service that stops in time is left alone', async () => {
  const stop = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const { code, ended, after } = running(() => Promise.resolve({ address: '', stop }));
  await after(0);
  process.emit('SIGTERM');
  expect(await code).toBe(0);
  await after(60_000);
  expect(stop).toHaveBeenCalledOnce();
  expect(ended).not.toHaveBeenCalled();
});

test('a start that waits for something is given up when it is asked to stop, and that is no failure', async () => {
  const { code, ended, after } = running(async (_, { stopping }) => {
    await new Promise((resolve) => stopping.addEventListener('abort', resolve));
    throw stopping.reason;
  });
  await after(1000);
  process.emit('SIGTERM');
  expect(await code).toBe(0);
  expect(ended).not.toHaveBeenCalled();
});
