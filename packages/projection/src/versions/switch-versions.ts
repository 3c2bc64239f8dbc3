import type { Method } from '@stance/domain';
import { ReadModelError } from '@stance/read-model';
import type { ProjectionWriter, SeenVersion, VersionCatalogue } from '@stance/read-model';

import { ProjectionError } from '../errors.ts';
import { createProjection } from '../projection.ts';
import type { ProjectedLog } from '../projection.ts';

const eventsPerBatch = 1000;

export interface SwitchOptions {
  /** The event store's own log. */
  readonly source: ProjectedLog;
  readonly catalogue: VersionCatalogue;
  readonly method: Method;
  /** The one that serves; nobody else projects into it meanwhile. */
  readonly current: { readonly seen: SeenVersion; readonly writer: ProjectionWriter };
  /** One that is ready. */
  readonly next: { readonly seen: SeenVersion; readonly writer: ProjectionWriter };
}

const advance = async ({ source, method }: SwitchOptions, writer: ProjectionWriter, upTo: number): Promise<number> => {
  const projection = await createProjection({ source, writer, method, upTo });
  while (projection.position() < upTo) {
    const before = projection.position();
    await projection.applyNext(eventsPerBatch);
    if (projection.position() === before) break;
  }
  return projection.position();
};

/** Brings the one of two versions that is behind to where the other one is. @returns where both are */
export const meet = async (options: SwitchOptions): Promise<number> => {
  const { current, next } = options;
  const from = await current.writer.checkpoint();
  const to = await next.writer.checkpoint();
  const upTo = Math.max(from.position, to.position);
  const behind = from.position < upTo ? current.writer : next.writer;
  const reached = await advance(options, behind, upTo);
  if (reached !== upTo) {
    throw new ProjectionError(
      'log-behind',
      `the log gives nothing up to position ${String(upTo)}, which one of the two versions has passed`,
      { retryable: true },
    );
  }
  return upTo;
};

/**
 * Has the next version serve in place of the current one, both at one position: whoever reads sees all of the one, then all of
 * the other.
 *
 * @returns that position
 * @throws ReadModelError `version-conflict` or `version-refused`, or a store's error: then the current one serves on.
 */
export const switchVersions = async (options: SwitchOptions): Promise<number> => {
  const { catalogue, current, next } = options;
  const position = await meet(options);
  const reached = await Promise.all([current.writer.checkpoint(), next.writer.checkpoint()]);
  if (reached.some((checkpoint) => checkpoint.position !== position)) {
    throw new ReadModelError('version-conflict', 'somebody else projects into one of the two versions', {
      retryable: true,
    });
  }
  await catalogue.activate(next.seen, current.seen);
  return position;
};
