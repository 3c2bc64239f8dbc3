import { randomUUID } from 'node:crypto';

import { columnTypes } from '@stance/postgres';
import type { Connection, Layout } from '@stance/postgres';

import { FeedError } from '../errors.ts';

/** What a schema with a feed says of itself. */
export const layout: Layout = { owner: 'stance-feed', version: 1 };

const { integer, text } = columnTypes;

/** `feed` is one row: `head` is the last position given, `log` names the log that the feed belongs to. */
const tables = `
  CREATE TABLE feed (epoch ${text} NOT NULL, head ${integer} NOT NULL, log ${text});
  CREATE TABLE entries (
    position       ${integer} PRIMARY KEY,
    type           ${text} NOT NULL,
    change_id      ${text} NOT NULL,
    holder         ${text} NOT NULL,
    proposition    ${text} NOT NULL,
    revision       ${integer} NOT NULL,
    detected_at    ${integer} NOT NULL,
    recorded_at    ${integer} NOT NULL,
    previous       ${integer},
    replaced_by    ${text},
    method         ${text} NOT NULL,
    method_version ${integer} NOT NULL,
    body           ${text} NOT NULL
  );
  CREATE TABLE published (
    holder      ${text} NOT NULL,
    proposition ${text} NOT NULL,
    change_id   ${text} NOT NULL,
    entry       ${integer} NOT NULL,
    PRIMARY KEY (holder, proposition, change_id)
  );
  CREATE TABLE cursors (generation ${text} PRIMARY KEY, position ${integer} NOT NULL, swept boolean NOT NULL);
`;

/** Makes the tables, and an epoch. */
export const createTables = async (connection: Connection): Promise<void> => {
  await connection.query(tables);
  await connection.query('INSERT INTO feed (epoch, head) VALUES ($1, 0)', [randomUUID()]);
};

/** @throws FeedError `feed-missing` where there is none yet, or `feed-foreign-schema`. */
export const checkLayout = (present: Layout | 'foreign' | null, schema: string): void => {
  if (present === null) {
    throw new FeedError('feed-missing', `there is no feed in the schema ${schema} yet`, { retryable: true });
  }
  if (present === 'foreign' || present.owner !== layout.owner) {
    throw new FeedError(
      'feed-foreign-schema',
      `the schema ${schema} has tables of something else: name another schema`,
    );
  }
  if (present.version !== layout.version) {
    throw new FeedError(
      'feed-foreign-schema',
      `the schema ${schema} has a feed of version ${String(present.version)}, ` +
        `this program knows version ${String(layout.version)}`,
    );
  }
};
