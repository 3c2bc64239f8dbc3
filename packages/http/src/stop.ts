import type { Socket } from 'node:net';

import type { FastifyInstance } from 'fastify';

import type { InFlight } from './in-flight.ts';
import type { HttpKit } from './kit.ts';

/** Connections that have become idle while stopping are closed this often. */
const reapEveryMs = 20;

export const stopper = (app: FastifyInstance, inFlight: InFlight, stopping: AbortController): HttpKit['stop'] => {
  const connections = new Set<Socket>();
  app.server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  // Node counts a connection as idle only after its first request; here it is one without a call under way.
  const closeIdle = (): void => {
    const busy = inFlight.sockets();
    for (const socket of connections) if (!busy.has(socket)) socket.destroy();
  };
  let stopped: Promise<{ readonly cutOff: number }> | null = null;

  const stop = async (deadlineMs: number): Promise<{ readonly cutOff: number }> => {
    stopping.abort(new Error('The service is stopping.'));
    let cutOff = 0;
    const reaper = setInterval(closeIdle, reapEveryMs);
    const deadline = setTimeout(() => {
      cutOff = inFlight.cutOff(new Error('The service has stopped.'));
      for (const socket of connections) socket.destroy();
    }, deadlineMs);
    try {
      await app.close();
    } finally {
      clearInterval(reaper);
      clearTimeout(deadline);
    }
    return { cutOff };
  };

  return (deadlineMs) => {
    stopped ??= stop(deadlineMs);
    return stopped;
  };
};
