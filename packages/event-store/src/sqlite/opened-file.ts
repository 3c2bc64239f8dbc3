import { statSync } from 'node:fs';

import { EventStoreError } from '../errors.ts';

/** Tells the file that stands at a path apart from every other one. */
export type FileIdentity = string;

/** Which file stands at a path; `undefined` where there is none. */
export function identityOf(path: string): FileIdentity | undefined {
  // There a file that is open can be neither removed nor replaced.
  if (process.platform === 'win32') return '';
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.dev}:${stat.ino}`;
}

/**
 * Makes sure that a path still leads to the file that was opened there: what goes to an open file that was removed is gone
 * when it is closed, without a word from the system.
 *
 * @throws EventStoreError `event-store-removed`.
 */
export function checkInPlace(path: string, opened: FileIdentity | undefined): void {
  if (identityOf(path) === opened) return;
  throw new EventStoreError(
    'event-store-removed',
    `${path}: the file of the event store was removed or replaced while it was open: stop the service, put the file back or leave it away to begin anew, and start the service again`,
  );
}
