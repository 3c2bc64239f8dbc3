import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import type { ISocketFactory } from 'kafkajs';

/** The connections of one client, which can be cut: kafkajs has no end that is sure to come. */
export interface Sockets {
  readonly factory: ISocketFactory;
  /** Ends all, and refuses new ones from now on. */
  cut(): void;
}

const keepAliveDelay = 60_000;

export function createSockets(): Sockets {
  const open = new Set<Socket>();
  let isCut = false;
  return {
    factory({ host, port, ssl, onConnect }) {
      // kafkajs takes it for a connection that failed, and tries again or gives up.
      if (isCut) throw new Error('the connections of this client were cut');
      const socket: Socket =
        Object.keys(ssl ?? {}).length > 0
          ? connectTls({ host, port, servername: host, ...ssl }, onConnect)
          : connect({ host, port }, onConnect);
      socket.setKeepAlive(true, keepAliveDelay);
      open.add(socket);
      // kafkajs takes its listener away when it is done with a socket.
      socket.on('error', () => undefined);
      socket.once('close', () => open.delete(socket));
      return socket;
    },
    cut() {
      isCut = true;
      // Without an error kafkajs does not notice, and waits on.
      for (const socket of open) socket.destroy(new Error('the connection was cut'));
    },
  };
}
