import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

/** One address for a cluster: what is about webhooks goes to their service, what only reads to the query service, all else to ingestion. */
export interface Gateway {
  readonly address: string;
  close(): Promise<void>;
}

export interface Behind {
  readonly write: string;
  readonly read: string;
  readonly webhooks: string;
}

const serviceFor = (method: string, url: string, { write, read, webhooks }: Behind): string => {
  if (url.startsWith('/v1/webhooks')) return webhooks;
  return method === 'GET' || method === 'HEAD' ? read : write;
};

export const startGateway = async (to: Behind): Promise<Gateway> => {
  const server = createServer((asked, answer) => {
    const { method = 'GET', url = '/', headers } = asked;
    const target = new URL(url, serviceFor(method, url, to));
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
