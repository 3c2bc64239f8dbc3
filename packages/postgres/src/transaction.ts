import type { Connection } from './connections.ts';

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
