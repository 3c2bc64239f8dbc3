import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream';

/** What becomes of the calls of the API: passed on, answered with a status, never answered, or passed on but altered. */
export type Conduct = 'passes' | 'hangs' | number | ((body: string) => string);

/** Stands in front of the service; the page's own files always pass. */
export interface Proxy {
  readonly baseUrl: string;
  /** Streams that are open break. */
  conduct(next: Conduct): void;
  /** Answers calls with a status from now on, and leaves streams that are open. */
  refuse(status: number): void;
  close(): Promise<void>;
}

const isCall = (url: string): boolean => url.startsWith('/v1/');
const isStream = (url: string): boolean => url.includes('/stream');

export const startProxy = async (to: string): Promise<Proxy> => {
  let conduct: Conduct = 'passes';
  const server = createServer((asked, answer) => {
    const { method = 'GET', url = '/', headers } = asked;
    const now = isCall(url) ? conduct : 'passes';
    if (now === 'hangs') return;
    if (typeof now === 'number') {
      answer.writeHead(now, { 'content-type': 'text/html' }).end('<h1>Somebody else in between</h1>');
      return;
    }
    const alters = typeof now === 'function' && !isStream(url);
    const { 'accept-encoding': _packed, ...plain } = headers;
    const passed = request(new URL(url, to), { method, headers: alters ? plain : headers }, (answered) => {
      // Who asked may have gone meanwhile.
      if (answer.destroyed) return;
      if (alters) {
        void text(answered).then((body) => {
          const altered = now(body);
          const { 'content-length': _length, ...rest } = answered.headers;
          answer.writeHead(answered.statusCode ?? 502, rest).end(altered);
        });
        return;
      }
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      pipeline(answered, answer, () => undefined);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    pipeline(asked, passed, () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    conduct: (next) => {
      conduct = next;
      // Streams that are open would go on as before.
      server.closeAllConnections();
    },
    refuse: (status) => {
      conduct = status;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
