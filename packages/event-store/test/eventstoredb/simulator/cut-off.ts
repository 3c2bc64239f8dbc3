import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be cut: it hands bytes on, and nothing else. */
export interface CutOff {
  readonly port: number;
  /** Breaks every connection there is. */
  drop(): void;
  /** Breaks every connection and refuses new ones. */
  close(): Promise<void>;
  /** Takes connections again, on the same port. */
  open(): Promise<void>;
}

export async function createCutOff(target: number, host: string, wanted: number): Promise<CutOff> {
  const sockets = new Set<Socket>();
  let port = wanted;
  let listening = false;
  const server = createServer({ noDelay: true }, (from) => {
    const to = connect({ port: target, host: '127.0.0.1', noDelay: true });
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });

  function drop(): void {
    for (const socket of sockets) socket.destroy();
  }

  async function open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    ({ port } = server.address() as AddressInfo);
    listening = true;
  }

  await open();
  return {
    port,
    drop,
    open,
    async close() {
      if (!listening) return;
      listening = false;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      drop();
      await closed;
    },
  };
}
