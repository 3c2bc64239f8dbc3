import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

/** One address for a cluster: what only reads goes to the query service, all else to ingestion. */
export interface Gateway {
  readonly address: string;
  close(): Promise<void>;
}

export const startGateway = async (to: { readonly write: string; readonly read: string }): Promise<Gateway> => {
  const server = createServer((asked, answer) => {
    const { method = 'GET', url = '/', headers } = asked;
    const target = new URL(url, method === 'GET' || method === 'HEAD' ? to.read : to.write);
    const passed = request(target, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      pipeline(answered, answer, () => undefined);
    });
    passed.on('error', () => answer.destroy());
    pipeline(asked, passed, () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
