import type { Connection as ServerConnection, Submittable } from 'pg';

import { copyText } from './copy-text.ts';
import type { Value } from './types.ts';

/** Rows for a table. */
export interface Copy {
  /** `COPY table (columns) FROM STDIN` */
  readonly text: string;
  readonly rows: readonly (readonly Value[])[];
}

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
  /** Milliseconds. */
  readonly query_timeout: number;
  handleError(error: Error): void;
  handleReadyForQuery(): void;
  handleCopyInResponse(): void;
  handleCommandComplete(): void;
}

/**
 * Several COPY ... FROM STDIN as one query, with all that they bring in right behind it. The server asks for the rows of each,
 * but takes them unasked, and drops those of what it has refused ("Accept but ignore these messages", `PostgresMain` in
 * https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/tcop/postgres.c): so it has something to do while this
 * thread does something else.
 *
 * @param options.timeout milliseconds after which the server is taken for gone.
 */
export const copyQuery = (
  copies: readonly Copy[],
  { timeout, callback }: { readonly timeout: number; readonly callback: Callback },
): Submittable => {
  const query: CopyQuery = {
    callback,
    query_timeout: timeout,
    submit: (connection) => {
      // The driver hands over its own connection.
      const server = connection as CopyingConnection;
      server.query(copies.map(({ text }) => text).join(';'));
      for (const { rows } of copies) {
        for (const piece of copyText(rows)) server.sendCopyFromChunk(Buffer.from(piece));
        server.endCopyFrom();
      }
    },
    handleCopyInResponse: () => {},
    handleCommandComplete: () => {},
    handleError: (error) => query.callback(error),
    handleReadyForQuery: () => query.callback(null),
  };
  return query;
};
