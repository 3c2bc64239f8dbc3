import { openConnections } from '@stance/postgres';
import type { Connections } from '@stance/postgres';

/** Where a read model in PostgreSQL is, and what it may take of the server. */
export interface PostgresReadModelOptions {
  /** `postgres://user:password@host:port/database`, with the parameters that libpq knows. */
  readonly url: string;
  /** The schema that the tables stand in; `stance_read_model`, if left out. */
  readonly schema?: string;
  /** At most so many connections at a time; 8, if left out. */
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
  schema = 'stance_read_model',
  connections = 8,
  statementTimeout = 30_000,
}: PostgresReadModelOptions): Located => ({
  schema,
  connections: openConnections({ url, schema, name: 'stance read model', most: connections, statementTimeout }),
});
