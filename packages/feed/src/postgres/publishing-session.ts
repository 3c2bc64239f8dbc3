import { failureOf, quoted, transaction } from '@stance/postgres';
import type { Connection, Connections, HeldConnection } from '@stance/postgres';

import { FeedError } from '../errors.ts';

/** The one session that publishes to a feed. */
export interface PublishingSession {
  /** Runs `work` in it, in a transaction; one after the other. */
  run<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
  /** Gives the lock back. */
  close(): Promise<void>;
}

/** A number of its own among the database's advisory locks ("STFD" in ASCII); with it goes the number of the schema. */
const lockOfFeeds = 0x53_54_46_44;
const lockNames = (schema: string): readonly unknown[] => [lockOfFeeds, quoted(schema)];

/** What the session needs besides: an acknowledged entry is durable, and a session whose client is gone ends soon. */
const setUp = `SELECT set_config('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'on'), false),
  set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
  set_config('tcp_keepalives_count', '3', false)`;

/**
 * Opens the session that publishes: it holds an advisory lock as long as it lasts, so that there is one of it wherever it
 * is opened. Where the connection is lost, the next use opens another one, if nobody else has taken the lock.
 *
 * `run` throws FeedError `feed-in-use` where somebody else has the lock: retryable where this session had it before, for
 * the server may not have noticed its end.
 */
export const createPublishingSession = (connections: Connections, schema: string): PublishingSession => {
  let held: HeldConnection | null = null;
  let hadLock = false;
  let last: Promise<unknown> = Promise.resolve();

  const acquire = async (): Promise<HeldConnection> => {
    if (held !== null && !held.isLost()) return held;
    held?.release();
    held = null;
    const connection = await connections.hold();
    try {
      await connection.query(setUp);
      const { rows } = await connection.query<{ locked: boolean }>(
        'SELECT pg_try_advisory_lock($1, $2::regnamespace::oid::int) AS locked',
        lockNames(schema),
      );
      if (rows[0]?.locked !== true) {
        throw new FeedError(
          'feed-in-use',
          `the feed in the schema ${schema}: another service publishes to it: stop it first, or name another schema`,
          { retryable: hadLock },
        );
      }
    } catch (error) {
      connection.release();
      throw error;
    }
    held = connection;
    hadLock = true;
    return connection;
  };

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };

  return {
    run: (work) => inTurn(async () => transaction(await acquire(), 'BEGIN', work)),
    close: () =>
      inTurn(async () => {
        const connection = held;
        held = null;
        if (connection === null) return;
        try {
          await connection.query('SELECT pg_advisory_unlock($1, $2::regnamespace::oid::int)', lockNames(schema));
        } catch (error) {
          // A lock goes with its session, and a schema that is gone has none.
          if (failureOf(error) === null) throw error;
        } finally {
          connection.release();
        }
      }),
  };
};
