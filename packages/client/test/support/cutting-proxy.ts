import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface CuttingProxy {
  readonly url: string;
  /** How many connections were cut. */
  cuts(): number;
  close(): Promise<void>;
}

/**
 * Stands before a service and cuts connections: each once it has passed on so many bytes of answers as `after` says when it
 * is made; `undefined`: never. A connection is also cut where the service is not there.
 */
export const startCuttingProxy = async (target: string, after: () => number | undefined): Promise<CuttingProxy> => {
  let cuts = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    let left = after();
    const upstream = connect(Number(new URL(target).port), '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      if (left === undefined || chunk.length < left) {
        if (left !== undefined) left -= chunk.length;
        if (!client.write(chunk)) {
          upstream.pause();
          client.once('drain', () => upstream.resume());
        }
        return;
      }
      cuts++;
      // What was passed on arrives before the end of it.
      client.end(chunk.subarray(0, left));
      upstream.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts: () => cuts,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
