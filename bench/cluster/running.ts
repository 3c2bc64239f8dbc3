import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';

import { freshDatabase } from './fresh-database.ts';
import { freePort, startProcess } from './process.ts';

export const services = ['ingestion', 'relay', 'projector', 'query'] as const;
export type ServiceName = (typeof services)[number];

/** A service as a process of its own. */
export interface RunningService {
  readonly pid: number;
  readonly port: number;
}

/** A cluster of real processes: one of each service, broker and database given, EventStoreDB by its simulator. */
export interface RunningCluster extends AsyncDisposable {
  readonly services: Readonly<Record<ServiceName, RunningService>>;
}

const listens = async (port: number): Promise<boolean> => {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

const answersReady = async (port: number): Promise<boolean> => {
  const answer = await fetch(`http://127.0.0.1:${String(port)}/readyz`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok === true;
};

export const startCluster = async (given: {
  readonly postgres: string;
  readonly kafka: string;
}): Promise<RunningCluster> => {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await freshDatabase(given.postgres));
  const storePort = await freePort();
  const simulator = 'packages/event-store/test/eventstoredb/simulator/main.ts';
  const eventStore = opened.use(startProcess(simulator, { SIMULATOR_PORT: String(storePort) }));
  await eventStore.whenReady(() => listens(storePort));
  const stores = {
    STANCE_EVENT_STORE_URL: `esdb://127.0.0.1:${String(storePort)}?tls=false`,
    STANCE_READ_MODEL_URL: database.url,
    STANCE_BROKER_URL: `kafka://${given.kafka}?topicPrefix=end-to-end-${randomUUID()}.`,
  };
  const start = async (service: ServiceName): Promise<RunningService> => {
    const port = await freePort();
    const env = { ...stores, STANCE_PORT: String(port) };
    const running = opened.use(startProcess(`services/${service}/src/main.ts`, env));
    await running.whenReady(() => answersReady(port));
    return { pid: running.pid, port };
  };
  const [ingestion, relay, projector, query] = await Promise.all(services.map(start));
  if (ingestion === undefined || relay === undefined || projector === undefined || query === undefined) {
    throw new Error('a service is missing');
  }
  const closing = opened.move();
  return {
    services: { ingestion, relay, projector, query },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
};
