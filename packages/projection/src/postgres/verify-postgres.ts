import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openPostgresFeedReader } from '@stance/feed/postgres';
import type { PostgresFeedOptions } from '@stance/feed/postgres';
import { openPostgresReadModelWriter, openPostgresTableRows } from '@stance/read-model/postgres';
import type { PostgresReadModelOptions } from '@stance/read-model/postgres';

import type { VerifyOptions } from '../verify.ts';
import { verifyAt } from '../verify-at.ts';
import type { Verification } from '../verify-at.ts';

export interface VerifyPostgresOptions extends Pick<
  VerifyOptions,
  'source' | 'method' | 'sample' | 'onProgress' | 'signal'
> {
  /** Where the read model is; it may be in use. */
  readonly readModel: PostgresReadModelOptions;
  /** Where the feed is: where given, it is compared with the current set of changes, too. */
  readonly feed?: PostgresFeedOptions;
}

/**
 * Compares a read model and a feed in PostgreSQL, as `verify` does those in files. The clean rebuild is a SQLite file in a folder of its own: rows are
 * compared by natural keys, so that it is nothing to them what they are kept in.
 *
 * @throws ReadModelError, EventStoreError, FeedError.
 */
export const verifyPostgres = async ({ readModel, feed, ...options }: VerifyPostgresOptions): Promise<Verification> => {
  const folder = mkdtempSync(join(tmpdir(), 'stance-verify-'));
  try {
    return await verifyAt({
      ...options,
      path: join(folder, 'read-model.db'),
      openWriter: () => openPostgresReadModelWriter({ ...readModel, method: options.method }),
      openFeed: feed === undefined ? null : () => openPostgresFeedReader(feed),
      openLive: () => openPostgresTableRows(readModel),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
