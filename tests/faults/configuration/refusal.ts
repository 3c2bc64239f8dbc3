import { expect, onTestFinished } from 'vitest';

import { startClusterProcess } from '../../support/cluster.ts';
import type { ClusterService, ClusterStores } from '../../support/cluster.ts';

/** By then a process that cannot start has said so, in milliseconds. */
const atMost = 30_000;
/** In every URL of these tests that has one. */
export const password = 's3cret';

/**
 * Starts a service and expects that it ends soon, with one line that says what is wrong, and without giving the password
 * away.
 *
 * @returns that line.
 */
export const refusal = async (service: ClusterService, stores: ClusterStores): Promise<string> => {
  const begun = performance.now();
  const running = await startClusterProcess(service, stores);
  onTestFinished(() => running.signal('SIGKILL'));
  const late = setTimeout(() => running.signal('SIGKILL'), atMost);
  const code = await running.gone;
  clearTimeout(late);
  const written = running.written();
  expect([1, 2], `${service} after ${Math.round(performance.now() - begun)} ms: ${written}`).toContain(code);
  expect(written).toMatch(/^stance tracker: [^\n]+\n$/);
  expect(written).not.toMatch(new RegExp(`${password}|\\bat .*:\\d+:\\d+`));
  return written;
};
