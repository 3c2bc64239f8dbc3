import type { Connection as ServerConnection, Submittable } from 'pg';

/** What the driver's own connection has, though its types do not say so. */
interface CopyingConnection extends ServerConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

type Callback = (error: Error | null) => void;

/** A query as the driver takes one from a stranger: it calls these, and puts a callback of its own around the one given. */
interface CopyQuery extends Submittable {
  callback: Callback;
  handleError(error: Error): void;
  handleReadyForQuery(): void;
  handleCopyInResponse(connection: CopyingConnection): void;
  handleCommandComplete(): void;
}

/** A COPY ... FROM STDIN with what it brings in. The text is made once the server asks for it. */
export const copyQuery = (text: string, pieces: Iterable<string>, callback: Callback): Submittable => {
  const query: CopyQuery = {
    callback,
    // The driver hands over its own connection.
    submit: (connection) => (connection as CopyingConnection).query(text),
    handleCopyInResponse: (connection) => {
      for (const piece of pieces) connection.sendCopyFromChunk(Buffer.from(piece));
      connection.endCopyFrom();
    },
    handleCommandComplete: () => {},
    handleError: (error) => query.callback(error),
    handleReadyForQuery: () => query.callback(null),
  };
  return query;
};
