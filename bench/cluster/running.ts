import { randomUUID } from 'node:crypto';

import { startClusterProcess, startEventStoreSimulator, whenReady } from '../../tests/support/cluster.ts';
import type { ClusterProcess, ClusterService } from '../../tests/support/cluster.ts';
import type { RunningProcess } from '../../tests/support/running-process.ts';
import { freshDatabase } from './fresh-database.ts';

export const services: readonly ClusterService[] = ['ingestion', 'relay', 'projector', 'query'];

/** A cluster of real processes: one of each service, broker and database given, EventStoreDB by its simulator. */
export interface RunningCluster extends AsyncDisposable {
  process(service: ClusterService): ClusterProcess;
  port(service: ClusterService): number;
}

export const startCluster = async (given: {
  readonly postgres: string;
  readonly kafka: string;
}): Promise<RunningCluster> => {
  await using opened = new AsyncDisposableStack();
  const ended = <Ended extends RunningProcess>(running: Ended): Ended =>
    opened.adopt(running, async ({ signal, gone }) => {
      signal('SIGKILL');
      await gone;
    });
  const database = opened.use(await freshDatabase(given.postgres));
  const eventStore = ended(await startEventStoreSimulator());
  const stores = {
    eventStoreUrl: eventStore.url,
    readModelUrl: database.url,
    brokerUrl: `kafka://${given.kafka}?topicPrefix=end-to-end-${randomUUID()}.`,
  };
  const processes = new Map<ClusterService, ClusterProcess>();
  for (const service of services) processes.set(service, ended(await startClusterProcess(service, stores)));
  await Promise.all([...processes.values()].map(whenReady));
  const closing = opened.move();
  const find = (service: ClusterService): ClusterProcess => {
    const running = processes.get(service);
    if (running === undefined) throw new Error(`there is no ${service}`);
    return running;
  };
  return {
    process: find,
    port: (service) => Number(new URL(find(service).address).port),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
};
