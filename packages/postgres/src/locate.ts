import { openConnections } from './connections.ts';
import type { Connections } from './connections.ts';

/** Where tables in PostgreSQL are, and what whoever uses them may take of the server. */
export interface PostgresLocation {
  /** `postgres://user:password@host:port/database`, with the parameters that libpq knows. */
  readonly url: string;
  /** The schema that the tables stand in; one of their own name, if left out. */
  readonly schema?: string;
  /** At most so many connections at a time. */
  readonly connections?: number;
  /** How long a statement may take, in milliseconds; 30,000, if left out. */
  readonly statementTimeout?: number;
}

/** What holds where a location leaves it out. */
export interface LocationDefaults {
  readonly schema: string;
  readonly connections: number;
  /** What the server shows as the program that is connected. */
  readonly name: string;
}

export interface Located {
  readonly connections: Connections;
  readonly schema: string;
}

/** Gives what opens connections to a location, none of them yet. */
export const createLocate =
  (defaults: LocationDefaults) =>
  ({
    url,
    schema = defaults.schema,
    connections = defaults.connections,
    statementTimeout = 30_000,
  }: PostgresLocation): Located => ({
    schema,
    connections: openConnections({ url, schema, name: defaults.name, most: connections, statementTimeout }),
  });
