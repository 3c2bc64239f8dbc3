import type { FastifyInstance } from 'fastify';

import type { InFlight } from './in-flight.ts';
import type { HttpKit } from './kit.ts';

/** Node closes a connection only once it is idle: those that become so while stopping are closed this often. */
const reapEveryMs = 20;

export const stopper = (app: FastifyInstance, inFlight: InFlight, stopping: AbortController): HttpKit['stop'] => {
  let stopped: Promise<{ readonly cutOff: number }> | null = null;

  const stop = async (deadlineMs: number): Promise<{ readonly cutOff: number }> => {
    stopping.abort(new Error('The service is stopping.'));
    let cutOff = 0;
    const reaper = setInterval(() => app.server.closeIdleConnections(), reapEveryMs);
    const deadline = setTimeout(() => {
      cutOff = inFlight.cutOff(new Error('The service has stopped.'));
      app.server.closeAllConnections();
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
