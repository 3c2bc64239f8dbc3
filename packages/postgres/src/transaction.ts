import type { Connection, HeldConnection } from './connections.ts';

/** Runs `work` on a connection between a statement that begins a transaction and its end: all or nothing. */
export const transaction = async <Own extends Connection, Result>(
  connection: Own,
  begin: string,
  work: (connection: Own) => Promise<Result>,
): Promise<Result> => {
  await connection.query(begin);
  try {
    const result = await work(connection);
    await connection.query('COMMIT');
    return result;
  } catch (error) {
    // Where this fails as well the connection is lost, and the server rolls back by itself.
    await connection.query('ROLLBACK').catch(() => {});
    throw error;
  }
};

/** What somebody else goes on with. */
export interface UnderWay {
  /** Settles once that is through. */
  readonly done: Promise<void>;
}

/**
 * The same on a connection that is released at the end, for work of which the last part is the server's alone: resolves once
 * that has been handed over.
 */
export const startTransaction = async (
  connection: HeldConnection,
  begin: string,
  work: (connection: HeldConnection) => Promise<UnderWay>,
): Promise<UnderWay> => {
  const handed = Promise.withResolvers<void>();
  const done = transaction(connection, begin, async () => {
    const last = await work(connection);
    handed.resolve();
    await last.done;
  }).finally(() => connection.release());
  await Promise.race([handed.promise, done]);
  return { done };
};
