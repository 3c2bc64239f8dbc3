import { EventStoreError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { noAnswer, toEventStoreError } from './server-failure.ts';

/** The first version that says when a subscription has caught up. */
const least = [23, 10] as const;

/**
 * Sees that the server is new enough.
 *
 * @param deadlineMs how long to wait for its answer: the client waits for ever.
 * @throws EventStoreError `event-store-too-old`, `event-store-unavailable`, `event-store-misconfigured`.
 */
export async function checkServerVersion(connection: Connection, deadlineMs: number): Promise<void> {
  const { place } = connection.server;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(noAnswer(place, deadlineMs)), deadlineMs);
  // Protected, but the only way to the version of the server.
  const asked = connection.use(async (client) => Promise.race([client['capabilities'], late.promise]));
  const { serverVersion: version } = await asked
    .catch((error: unknown) => {
      throw toEventStoreError(error, place);
    })
    .finally(() => clearTimeout(timer));
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return;
  const found = version === 'unknown' ? 'does not tell its version, as those before 21.10' : `is of version ${version}`;
  throw new EventStoreError(
    'event-store-too-old',
    `${place}: the server ${found}, or it is no EventStoreDB: at least ${least.join('.')} is needed`,
  );
}
