import type { Method } from '@stance/domain';
import { ReadModelError } from '@stance/read-model';
import type { ProjectionWriter, SeenVersion, VersionCatalogue } from '@stance/read-model';

import { ProjectionError } from '../errors.ts';
import { createProjection } from '../projection.ts';
import type { ProjectedLog, Projection } from '../projection.ts';

const eventsPerBatch = 1000;

export interface MeetOptions {
  /** The event store's own log. */
  readonly source: ProjectedLog;
  readonly method: Method;
  /** Of the version that serves; nobody else calls it meanwhile. */
  readonly current: Pick<Projection, 'position' | 'applyNext'>;
  /** Of one that is ready. */
  readonly next: ProjectionWriter;
}

/**
 * Brings the one of two versions that is behind to where the other one is.
 *
 * @returns where both are
 * @throws ProjectionError `log-behind` (retryable) where the log does not give what one of the two has passed; a store's error.
 */
export const meet = async ({ source, method, current, next }: MeetOptions): Promise<number> => {
  const passed = (await next.checkpoint()).position;
  const give = (position: number): never => {
    throw new ProjectionError(
      'log-behind',
      `the log gives nothing behind position ${String(position)}, and one of the two versions is further`,
      { retryable: true },
    );
  };
  while (current.position() < passed) {
    const before = current.position();
    await current.applyNext(eventsPerBatch);
    if (current.position() === before) give(before);
  }
  const upTo = current.position();
  const projection = await createProjection({ source, writer: next, method, upTo });
  while (projection.position() < upTo) {
    const before = projection.position();
    await projection.applyNext(eventsPerBatch);
    if (projection.position() === before) give(before);
  }
  return upTo;
};

export interface SwitchOptions extends MeetOptions {
  readonly catalogue: VersionCatalogue;
  readonly seen: { readonly current: SeenVersion; readonly next: SeenVersion };
}

/**
 * Has the next version serve in place of the current one, both at one position: whoever reads sees all of the one, then all of
 * the other.
 *
 * @returns that position
 * @throws ReadModelError `version-conflict` or `version-refused`, or as `meet` does: then the current one serves on.
 */
export const switchVersions = async (options: SwitchOptions): Promise<number> => {
  const { catalogue, seen, next } = options;
  const position = await meet(options);
  if ((await next.checkpoint()).position !== position) {
    throw new ReadModelError('version-conflict', 'somebody else projects into the version that is to serve', {
      retryable: true,
    });
  }
  await catalogue.activate(seen.next, seen.current);
  return position;
};
