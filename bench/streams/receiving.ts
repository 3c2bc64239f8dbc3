import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that takes every message, and says when it had so many. */
export interface Receiving {
  readonly url: string;
  received(): number;
  /** Resolves once so many have come. */
  when(count: number): Promise<void>;
  close(): Promise<void>;
}

export const startReceiving = async (): Promise<Receiving> => {
  let received = 0;
  let look: () => void = () => undefined;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      received += 1;
      response.writeHead(204).end();
      look();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    received: () => received,
    when: (count) =>
      new Promise((resolve) => {
        look = () => {
          if (received >= count) resolve();
        };
        look();
      }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
