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

/** How often the session gives a sign of life, in milliseconds. */
const pingInterval = 5000;
/** After how long without one the server ends it, in milliseconds: the program hangs, though its machine is well. */
const longestSilence = 15_000;

/**
 * What the session needs besides: an acknowledged entry is durable, and a session whose client is gone, or hangs, ends soon,
 * for as long as it lasts nobody else can publish. Servers before version 14 do not end idle sessions.
 */
const setUp = `SELECT set_config('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'on'), false),
  set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
  set_config('tcp_keepalives_count', '3', false),
  (SELECT count(set_config(name, '${String(longestSilence)}', false)) FROM pg_settings
   WHERE name IN ('idle_session_timeout', 'idle_in_transaction_session_timeout'))`;

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
  let isPinging = false;

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

  const ping = async (): Promise<void> => {
    // Where it fails the session is lost, and the next use finds that.
    if (held !== null && !held.isLost()) await held.query('SELECT 1').catch(() => {});
    isPinging = false;
  };

  const pinging = setInterval(() => {
    if (isPinging) return;
    isPinging = true;
    void inTurn(ping);
  }, pingInterval);
  // What is open elsewhere keeps the process; this alone does not.
  pinging.unref();

  return {
    run: (work) => inTurn(async () => transaction(await acquire(), 'BEGIN', work)),
    close: () => {
      clearInterval(pinging);
      return inTurn(async () => {
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
      });
    },
  };
};
