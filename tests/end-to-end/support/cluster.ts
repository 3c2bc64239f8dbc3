import type { TestKafka, TestPostgres } from '@stance/test-services';

import { startClusterProcess, startEventStoreSimulator, whenReady } from '../../support/cluster.ts';
import type { ClusterProcess, ClusterService, ClusterStores } from '../../support/cluster.ts';
import { startGateway } from '../../support/gateway.ts';

/** A whole cluster: simulated event store, real broker and database, each service as processes of its own. */
export interface Cluster extends ClusterStores {
  /** One address for reading and writing. */
  readonly address: string;
  readonly processes: readonly ClusterProcess[];
  /** Stops all services in order, and says how each ended. */
  stopServices(): Promise<readonly (number | NodeJS.Signals)[]>;
}

const services: readonly ClusterService[] = [
  'ingestion',
  'relay',
  'projector',
  'projector',
  'query',
  'webhooks',
  'webhooks',
];

/** Starts a cluster; `closing` gets what ends it. */
export const startCluster = async (
  { postgres, kafka }: { readonly postgres: TestPostgres; readonly kafka: TestKafka },
  closing: AsyncDisposableStack,
): Promise<Cluster> => {
  const database = await postgres.database();
  closing.defer(() => database.drop());
  const eventStore = await startEventStoreSimulator();
  closing.defer(async () => {
    eventStore.signal('SIGKILL');
    await eventStore.gone;
  });
  const stores: ClusterStores = {
    eventStoreUrl: eventStore.url,
    readModelUrl: database.url,
    brokerUrl: `kafka://${kafka.broker}?topicPrefix=${kafka.topicPrefix()}&partitions=6`,
  };
  const processes: ClusterProcess[] = [];
  for (const service of services) {
    const running = await startClusterProcess(service, stores, { STANCE_WEBHOOKS_ALLOW: '127.0.0.1' });
    closing.defer(async () => {
      running.signal('SIGKILL');
      await running.gone;
    });
    processes.push(running);
  }
  await Promise.all(processes.map(whenReady));
  const addressOf = (service: ClusterService): string =>
    processes.find((each) => each.service === service)?.address ?? '';
  const gateway = await startGateway({
    write: addressOf('ingestion'),
    read: addressOf('query'),
    webhooks: addressOf('webhooks'),
  });
  closing.defer(() => gateway.close());
  return {
    ...stores,
    address: gateway.address,
    processes,
    stopServices: () => {
      for (const running of processes) running.signal('SIGTERM');
      return Promise.all(processes.map(({ gone }) => gone));
    },
  };
};
