import { ProjectionError } from './errors.ts';
import type { PoisonEvent } from './handle-event.ts';

/** Ends a rebuild at an event that nobody can handle, unless its stream is one of those that are known to be parked. */
export const stopAtPoison =
  (known: ReadonlySet<string>) =>
  ({ stream, revision, type, position, code, message }: PoisonEvent): void => {
    if (known.has(stream)) return;
    throw new ProjectionError(
      'poison-event',
      `revision ${String(revision)} of ${stream} (${type}, at position ${String(position)}) cannot be handled: ` +
        `${message} (${code})`,
    );
  };
