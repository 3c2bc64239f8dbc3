import { openConnections } from '@stance/postgres';
import type { Connections } from '@stance/postgres';

/** Where a feed in PostgreSQL is, and what it may take of the server. */
export interface PostgresFeedOptions {
  /** `postgres://user:password@host:port/database`, with the parameters that libpq knows. */
  readonly url: string;
  /** The schema that the tables stand in; `stance_feed`, if left out. It is not the read model's: that can be made anew. */
  readonly schema?: string;
  /** At most so many connections at a time, the publishing one included; 4, if left out, and no fewer than 2 for a publisher. */
  readonly connections?: number;
  /** How long a statement may take, in milliseconds; 30,000, if left out. */
  readonly statementTimeout?: number;
}

export interface Located {
  readonly connections: Connections;
  readonly schema: string;
}

export const locate = ({
  url,
  schema = 'stance_feed',
  connections = 4,
  statementTimeout = 30_000,
}: PostgresFeedOptions): Located => ({
  schema,
  connections: openConnections({ url, schema, name: 'stance feed', most: connections, statementTimeout }),
});
