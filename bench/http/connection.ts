import { once } from 'node:events';
import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One keep-alive connection that does as little as possible: the machine belongs to the service that is measured. */
export interface Connection {
  /** Sends a request once the one before it is answered. */
  request(bytes: Buffer | string): Promise<Answer>;
  close(): void;
}

const headEnd = Buffer.from('\r\n\r\n');

export const openConnection = async (port: number): Promise<Connection> => {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  let received = Buffer.alloc(0);
  let waiting: { done: (answer: Answer) => void; failed: (error: Error) => void } | undefined;

  socket.on('data', (bytes) => {
    received = received.length === 0 ? bytes : Buffer.concat([received, bytes]);
    const answer = complete(received);
    if (answer === undefined || waiting === undefined) return;
    const { done } = waiting;
    waiting = undefined;
    received = Buffer.alloc(0);
    done(answer);
  });
  const fail = (error: Error): void => waiting?.failed(error);
  const closed = new Error('the service closed the connection');
  socket.on('error', fail);
  socket.on('close', () => fail(closed));

  return {
    request: async (bytes) =>
      new Promise((done, failed) => {
        if (socket.destroyed) throw closed;
        waiting = { done, failed };
        socket.write(bytes);
      }),
    close: () => socket.destroy(),
  };
};

/** The answer, once all of it is there. */
const complete = (bytes: Buffer): Answer | undefined => {
  const end = bytes.indexOf(headEnd);
  if (end === -1) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (length === null) throw new Error(`an answer without a length: ${head}`);
  const from = end + headEnd.length;
  if (bytes.length < from + Number(length[1])) return undefined;
  return { status: Number(head.slice(9, 12)), body: bytes.toString('utf8', from) };
};

export const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

export const post = (path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
