import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export interface Sent {
  readonly method?: string;
  /** The request target, sent as it stands here. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes go as they are, anything else as JSON. */
  readonly body?: unknown;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const bytesOf = (body: unknown): string | Uint8Array =>
  typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);

/** Behind it comes what has not happened yet. */
const allThatThereIs = /^event: position\ndata: .*\n\n/m;

/**
 * One call on a connection of its own. Unlike `fetch`, it leaves paths and headers as they are. A stream of events is broken
 * off where all that there is has come.
 */
export const exchange = (port: number, { method, path, headers, body }: Sent): Promise<Received> =>
  new Promise((resolve, reject) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path,
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      agent: false,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      let text = '';
      const done = (): void => resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      const isStream = response.headers['content-type']?.startsWith('text/event-stream') === true;
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        if (!isStream || !allThatThereIs.test(text)) return;
        done();
        outgoing.destroy();
      });
      response.on('error', reject);
      response.on('end', done);
    });
    outgoing.end(body === undefined ? undefined : bytesOf(body));
  });

/** Sends bytes as they are, and gives all that comes back until the connection is closed. */
export const sendRaw = (port: number, bytes: string | Uint8Array): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });
