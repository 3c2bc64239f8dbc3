import { Pool } from 'pg';
import type { ClientBase, PoolClient } from 'pg';

import { copyQuery } from './copy-query.ts';
import type { Copy } from './copy-query.ts';
import { isConnectionLost, isPlanOutdated, PostgresError } from './failure.ts';
import { createStatementNames } from './statement-names.ts';
import { startTransaction, transaction } from './transaction.ts';
import type { UnderWay } from './transaction.ts';
import { parsers, quoted, storable } from './types.ts';

export interface ConnectionsOptions {
  /** `postgres://user:password@host:port/database`, with the parameters that libpq knows. */
  readonly url: string;
  /** Where names without a schema are looked for and made. */
  readonly schema: string;
  /** What the server shows as the program that is connected. */
  readonly name: string;
  /** At most so many at a time; who needs one more waits. */
  readonly most: number;
  /** How long a statement may take, in milliseconds. */
  readonly statementTimeout: number;
}

export interface Rows<Row> {
  readonly rows: readonly Row[];
  /** How many rows a statement that writes has touched. */
  readonly rowCount: number | null;
}

/** One connection, for statements one after the other. */
export interface Connection {
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Rows<Row>>;
}

/** The same, for who writes many rows. */
export interface WritingConnection extends Connection {
  /**
   * Brings in rows, of all ways by the one that costs the least, on both sides. All of them are on their way when it returns,
   * and the server needs nothing more of this thread for them. Either all or none of the rows come in.
   */
  copy(copies: readonly Copy[]): Promise<void>;
}

/** A connection that is the caller's until it is released. */
export interface HeldConnection extends WritingConnection {
  /** Whether it is of no use any more. */
  isLost(): boolean;
  release(): void;
}

/** A bounded number of connections to one schema. What fails is the driver's error, or a `PostgresError`; see `failureOf`. */
export interface Connections {
  hold(): Promise<HeldConnection>;
  use<Result>(work: (connection: WritingConnection) => Promise<Result>): Promise<Result>;
  /** Runs `work` between a statement that begins a transaction and its end: all or nothing. */
  inTransaction<Result>(begin: string, work: (connection: WritingConnection) => Promise<Result>): Promise<Result>;
  /** The same for work of which the last part is the server's alone: resolves once the server has all that it needs. */
  startTransaction(begin: string, work: (connection: WritingConnection) => Promise<UnderWay>): Promise<UnderWay>;
  /** Closes them once those in use are released; none is to be had any more. */
  close(): Promise<void>;
}

/** How long to wait for a server to answer, and for a connection to become free, in milliseconds. */
const connectTimeout = 5000;
/** So much longer than the server would do does the client wait before it takes the server for gone, in milliseconds. */
const grace = 5000;

/** Lists of every length make texts of their own, which seldom come again. */
const mostNamedValues = 16;

const notAUrl = 'the URL is not of the form postgres://user:password@host:port/database';

/** What holds for every statement of a connection. */
const settings = ({ schema, statementTimeout }: ConnectionsOptions): Readonly<Record<string, string>> => ({
  search_path: quoted(schema),
  statement_timeout: String(statementTimeout),
  // Of a program that hangs, or of one whose machine is gone.
  idle_in_transaction_session_timeout: String(2 * statementTimeout),
  // Compiling pays for long queries; all of these are short.
  jit: 'off',
});

const openPool = (options: ConnectionsOptions): Pool => {
  const given = Object.entries(settings(options));
  const set = `SELECT ${given.map((_, index) => `set_config($${String(2 * index + 1)}, $${String(2 * index + 2)}, false)`).join(', ')}`;
  const prepare = (client: ClientBase): Promise<unknown> => client.query(set, given.flat());
  const pool = new Pool({
    connectionString: options.url,
    application_name: options.name,
    max: options.most,
    connectionTimeoutMillis: connectTimeout,
    query_timeout: options.statementTimeout + grace,
    keepAlive: true,
    types: parsers,
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, whatever its type says
    onConnect: prepare,
  });
  // The server may hang up on those that nobody uses: the pool opens others, and who needs one learns what is wrong.
  pool.on('error', () => {});
  return pool;
};

const held = (
  client: PoolClient,
  { statementTimeout }: ConnectionsOptions,
  nameOf: (text: string) => string | undefined,
): HeldConnection => {
  let loss: Error | null = null;
  const lose = (error: unknown): void => {
    loss ??= error instanceof Error ? error : new Error(String(error));
  };
  // Unheard, the end of an idle connection would end the process.
  client.on('error', lose);
  const run = async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
    if (loss !== null) throw loss;
    try {
      return await send();
    } catch (error) {
      // Of one whose prepared statements are of tables that are others by now nothing more is to be had.
      if (isConnectionLost(error) || isPlanOutdated(error)) lose(error);
      throw error;
    }
  };
  return {
    isLost: () => loss !== null,
    // What the columns hold, who writes the statement knows.
    query: ((text, values) =>
      run(() => {
        if (values === undefined || values.length === 0) return client.query(text);
        const name = values.length > mostNamedValues ? undefined : nameOf(text);
        return client.query({ ...(name === undefined ? {} : { name }), text, values: values.map(storable) });
      })) as Connection['query'],
    copy: (copies) =>
      run(() => {
        if (copies.length === 0) return Promise.resolve();
        const done = Promise.withResolvers<void>();
        const settle = (error: Error | null): void => (error === null ? done.resolve() : done.reject(error));
        const timeout = copies.length * statementTimeout + grace;
        client.query(copyQuery(copies, { timeout, callback: settle }));
        return done.promise;
      }),
    release: () => {
      client.release(loss ?? undefined);
      client.removeListener('error', lose);
    },
  };
};

/** Opens connections to a schema: none yet, so that a server that cannot be reached fails the first use. */
export const openConnections = (options: ConnectionsOptions): Connections => {
  const pool = openPool(options);
  const nameOf = createStatementNames();
  let closed = false;
  let inUse = 0;
  const idle = Promise.withResolvers<void>();
  let ended: Promise<void> | null = null;

  const giveBack = (): void => {
    inUse -= 1;
    if (closed && inUse === 0) idle.resolve();
  };

  const hold = async (): Promise<HeldConnection> => {
    if (closed) throw new PostgresError('closed', 'it was closed');
    inUse += 1;
    try {
      const connection = held(await pool.connect(), options, nameOf);
      return {
        ...connection,
        release: () => {
          connection.release();
          giveBack();
        },
      };
    } catch (error) {
      giveBack();
      // The driver's own error shows the URL, password and all.
      if (error instanceof TypeError && 'input' in error) throw new PostgresError('refused', notAUrl);
      throw error;
    }
  };

  const use: Connections['use'] = async (work) => {
    const connection = await hold();
    try {
      return await work(connection);
    } finally {
      connection.release();
    }
  };

  return {
    hold,
    use,
    inTransaction: (begin, work) => use((connection) => transaction(connection, begin, work)),
    startTransaction: async (begin, work) => startTransaction(await hold(), begin, work),
    close: () => {
      closed = true;
      if (inUse === 0) idle.resolve();
      ended ??= idle.promise.then(() => pool.end());
      return ended;
    },
  };
};
