import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Where a connection is cut: after the server has committed, before its answer; or before the server hears of it. */
export type Cut = 'answer' | 'commit';

export interface CommitCuttingProxy {
  readonly url: string;
  /** Cuts the next connection that commits. */
  cutNext(cut: Cut): void;
  /** How many were cut. */
  cuts(): number;
  close(): Promise<void>;
}

/** The message of the protocol that commits, as the driver sends it: a simple query. */
const commit = Buffer.from('Q\0\0\0\x0bCOMMIT\0', 'latin1');

/** Stands before a PostgreSQL and cuts connections around a COMMIT. */
export const startCommitCuttingProxy = async (target: string): Promise<CommitCuttingProxy> => {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let next: Cut | null = null;
  let cuts = 0;

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let cutting = false;
    const cut = (): void => {
      cuts += 1;
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk: Buffer) => {
      if (next !== null && chunk.includes(commit)) {
        if (next === 'commit') cut();
        else cutting = true;
        next = null;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      if (cutting) cut();
      else client.write(chunk);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cutNext: (cut) => {
      next = cut;
    },
    cuts: () => cuts,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
