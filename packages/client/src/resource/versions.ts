import type { RefoldedAnswer, VersionAnswer, VersionDifferences, VersionList } from '../contract/answer.ts';

import { path } from '../call/query-string.ts';
import type { Transport } from '../call/transport.ts';
import { write, type CallOptions } from '../call/write.ts';
import type { RebuildInput, RefoldInput } from '../contract/input.ts';
import { read } from '../pages.ts';
import type { DifferencesQuery } from '../contract/query.ts';

/** The versions of the read model: one serves, another one can be made beside it, and serve in its place. */
export interface Versions {
  list(options?: CallOptions): Promise<VersionList>;
  /** Has a new one made. */
  rebuild(input?: RebuildInput, options?: CallOptions): Promise<VersionAnswer>;
  /** Has one gone on with that was cancelled or has halted. */
  resume(version: number, options?: CallOptions): Promise<VersionAnswer>;
  /** Leaves one that is being made where it is. */
  cancel(version: number, options?: CallOptions): Promise<VersionAnswer>;
  /** Has it serve. A retired one is brought up to the log first: `catching-up` is answered then, and the call made again. */
  switch(version: number, options?: CallOptions): Promise<VersionAnswer>;
  /** Removes it with its rows. */
  drop(version: number, options?: CallOptions): Promise<VersionAnswer>;
  /** What would change if it served. */
  differences(version: number, query?: DifferencesQuery, options?: CallOptions): Promise<VersionDifferences>;
  /** Has some histories folded anew. */
  refold(input: RefoldInput, options?: CallOptions): Promise<RefoldedAnswer>;
}

/** The projection that there is. */
const projection = 'default';

export const createVersions = (transport: Transport): Versions => {
  const command =
    (name: 'resume' | 'cancel' | 'switch' | 'drop') =>
    async (version: number, options?: CallOptions): Promise<VersionAnswer> =>
      transport.json({
        method: 'POST',
        path: path`/v1/projections/${projection}/versions/${String(version)}/${name}`,
        // A second dropping finds nothing to drop; all others may be made again.
        idempotent: name !== 'drop',
        ...options,
      });
  return {
    list: async (options) => read(transport, path`/v1/projections/${projection}/versions`, {}, options),
    rebuild: async (body = {}, options) =>
      write(transport, {
        method: 'POST',
        path: path`/v1/projections/${projection}/versions`,
        body,
        idempotent: false,
        ...options,
      }),
    resume: command('resume'),
    cancel: command('cancel'),
    switch: command('switch'),
    drop: command('drop'),
    differences: async (version, query = {}, options) =>
      read(transport, path`/v1/projections/${projection}/versions/${String(version)}/differences`, query, options),
    refold: async (body, options) =>
      write(transport, {
        method: 'POST',
        path: path`/v1/projections/${projection}/refold`,
        body,
        idempotent: true,
        ...options,
      }),
  };
};
