import { queryPostgres } from '@stance/test-services';
import type { FrailStores, Side } from '@stance/test-services';

import { startClusterProcess, startEventStoreSimulator, whenReady } from '../../support/cluster.ts';
import type { ClusterService, ClusterStores } from '../../support/cluster.ts';
import { freePort } from '../../support/free-port.ts';
import { startGateway } from '../../support/gateway.ts';
import type { RunningProcess } from '../../support/running-process.ts';
import { createMember } from './member.ts';
import type { Member } from './member.ts';

/** A whole cluster whose every part can be hurt: simulated event store, real broker and database, services as processes. */
export interface FrailCluster {
  /** One address for reading and writing. */
  readonly address: string;
  readonly members: readonly Member[];
  readonly stores: FrailStores;
  readonly eventStore: RunningProcess;
  /** The ways that are always good. */
  readonly direct: ClusterStores;
  /** How a service reaches its stores by way of a side. */
  storesBy(side: Side): ClusterStores;
  /** Lets another process take part. */
  join(service: ClusterService, side: Side): Promise<Member>;
  /** Lets a process that was asked to stop take part no more. */
  leave(member: Member): void;
  /** What all processes have written. */
  written(): string;
}

/** Which services there are, and on which side. */
const parts: readonly (readonly [ClusterService, 0 | 1])[] = [
  ['ingestion', 0],
  ['relay', 0],
  ['relay', 1],
  ['projector', 0],
  ['projector', 1],
  ['query', 1],
  ['webhooks', 0],
  ['webhooks', 1],
];

export interface FrailClusterOptions {
  readonly stores: FrailStores;
  /** Where the stores look for the event store. */
  readonly eventStorePort: number;
  /** Of the database and of the topics: one that no other cluster has. */
  readonly name: string;
}

/** Starts one with nothing in it; `closing` gets what ends it. */
export const startFrailCluster = async (
  { stores, eventStorePort, name }: FrailClusterOptions,
  closing: AsyncDisposableStack,
): Promise<FrailCluster> => {
  const administer = queryPostgres(stores.database.url);
  await administer(`CREATE DATABASE ${name}`);
  closing.defer(async () => {
    await administer(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  const eventStore = await startEventStoreSimulator({ host: '0.0.0.0', port: eventStorePort });
  closing.defer(async () => {
    eventStore.signal('SIGKILL');
    await eventStore.gone;
  });
  const databaseUrl = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const brokerUrl = (address: string): string => `kafka://${address}?topicPrefix=${name}.&partitions=6`;
  const storesBy = (side: Side): ClusterStores => ({
    eventStoreUrl: `esdb://${side.eventStore.address}?tls=false`,
    readModelUrl: databaseUrl(stores.database.urlBy(side)),
    brokerUrl: brokerUrl(side.broker.address),
  });

  const members: Member[] = [];
  const ended: Member[] = [];
  const join = async (service: ClusterService, side: Side): Promise<Member> => {
    const port = String(await freePort());
    const start = () =>
      startClusterProcess(service, storesBy(side), { STANCE_PORT: port, STANCE_WEBHOOKS_ALLOW: '127.0.0.1' });
    const member = await createMember({ service, side, address: `http://127.0.0.1:${port}`, start });
    members.push(member);
    return member;
  };
  closing.defer(async () => {
    await Promise.all([...members, ...ended].map((member) => member.kill()));
  });
  for (const [service, side] of parts) await join(service, stores.sides[side]);
  await Promise.all(members.map((member) => whenReady(member.process())));

  const addressOf = (service: ClusterService): string =>
    members.find((each) => each.service === service)?.address ?? '';
  const gateway = await startGateway({
    write: addressOf('ingestion'),
    read: addressOf('query'),
    webhooks: addressOf('webhooks'),
  });
  closing.defer(() => gateway.close());
  return {
    address: gateway.address,
    members,
    stores,
    eventStore,
    direct: {
      eventStoreUrl: eventStore.url,
      readModelUrl: databaseUrl(stores.database.url),
      brokerUrl: brokerUrl(stores.broker.address),
    },
    storesBy,
    join,
    leave: (member) => {
      ended.push(...members.splice(members.indexOf(member), 1));
    },
    written: () => [...members, ...ended].map((member) => member.written()).join(''),
  };
};
