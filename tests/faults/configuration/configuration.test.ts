import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { queryPostgres, testKafka, testPostgres } from '@stance/test-services';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { startClusterProcess, startEventStoreSimulator, whenReady } from '../../support/cluster.ts';
import type { ClusterService, ClusterStores } from '../../support/cluster.ts';
import { password, refusal } from './refusal.ts';

const postgres = await testPostgres();
const kafka = await testKafka();
const missing = postgres.missing ?? kafka.missing;
/** Processes start, some of them twice. */
const timeout = 60_000;
const note = `${postgres.note}${kafka.note} (EventStoreDB: simulator)`;

const services: readonly ClusterService[] = ['ingestion', 'relay', 'projector', 'query'];
/** Which services have to do with a store. */
const users: Readonly<Record<keyof ClusterStores, readonly ClusterService[]>> = {
  eventStoreUrl: services,
  readModelUrl: ['relay', 'projector', 'query'],
  brokerUrl: ['relay', 'projector'],
};
const variables: Readonly<Record<keyof ClusterStores, string>> = {
  eventStoreUrl: 'STANCE_EVENT_STORE_URL',
  readModelUrl: 'STANCE_READ_MODEL_URL',
  brokerUrl: 'STANCE_BROKER_URL',
};

/** A server that takes connections and never says a word. */
const silentServer = async (): Promise<string> => {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => sockets.add(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
};

const urlAt = (host: string): ClusterStores => ({
  eventStoreUrl: `esdb://${host}?tls=false`,
  readModelUrl: `postgres://me:${password}@${host}/stance`,
  brokerUrl: `kafka://me:${password}@${host}`,
});

describe.skipIf(missing !== null)(`a service of a cluster${note}`, { timeout }, () => {
  const closing = new AsyncDisposableStack();
  let stores: ClusterStores;

  beforeAll(async () => {
    const database = await postgres.database();
    closing.defer(() => database.drop());
    const eventStore = await startEventStoreSimulator();
    closing.defer(() => eventStore.signal('SIGKILL'));
    stores = {
      eventStoreUrl: eventStore.url,
      readModelUrl: database.url,
      brokerUrl: `kafka://${kafka.broker}?topicPrefix=${kafka.topicPrefix()}&partitions=6`,
    };
  });
  afterAll(() => closing.disposeAsync());

  /** A database of its own, which a user without rights may read. */
  const databaseWithStranger = async (): Promise<{
    readonly own: ClusterStores;
    readonly strangers: ClusterStores;
  }> => {
    const database = await postgres.database();
    onTestFinished(() => database.drop());
    const name = `stranger_${new URL(database.url).pathname.slice(1)}`;
    const query = queryPostgres(database.url);
    await query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
    onTestFinished(async () => {
      await query(`DROP ROLE ${name}`);
    });
    const theirs = Object.assign(new URL(database.url), { username: name, password }).href;
    const own = {
      ...stores,
      readModelUrl: database.url,
      brokerUrl: `kafka://${kafka.broker}?topicPrefix=${kafka.topicPrefix()}&partitions=6`,
    };
    return { own, strangers: { ...own, readModelUrl: theirs } };
  };

  /** What the services keep in a database, made by these themselves. */
  const madeBy = async (made: ClusterStores, ...makers: readonly ClusterService[]): Promise<void> => {
    for (const maker of makers) {
      const running = await startClusterProcess(maker, made);
      onTestFinished(() => running.signal('SIGKILL'));
      await whenReady(running);
      const schemas = maker === 'relay' ? ['stance_relay', 'stance_feed_relay'] : ['stance_read_model', 'stance_feed'];
      for (const schema of schemas) await queryPostgres(made.readModelUrl)(`SELECT version FROM ${schema}.layout`);
      running.signal('SIGTERM');
      expect(await running.gone).toBe(0);
    }
  };

  const each = (store: keyof ClusterStores): readonly (readonly [ClusterService, keyof ClusterStores])[] =>
    users[store].map((service) => [service, store] as const);
  const all = [...each('eventStoreUrl'), ...each('readModelUrl'), ...each('brokerUrl')];

  test.for(all)('%s refuses a wrong scheme in %s, and names the right one', async ([service, store]) => {
    const line = await refusal(service, { ...stores, [store]: `mysql://me:${password}@host/x` });
    expect(line).toContain(variables[store]);
    expect(line).toMatch(/esdb:|postgres:|kafka:/);
  });

  test.for(all)('%s ends where nothing listens at %s, and says where that is', async ([service, store]) => {
    const line = await refusal(service, { ...stores, [store]: urlAt('127.0.0.1:1')[store] });
    expect(line).toContain(variables[store]);
    expect(line).toMatch(/127\.0\.0\.1:1\b/);
  });

  test.for(all)('%s ends where the host of %s is not known', async ([service, store]) => {
    const line = await refusal(service, { ...stores, [store]: urlAt('nowhere.invalid:99')[store] });
    expect(line).toContain(variables[store]);
    expect(line).toContain('nowhere.invalid');
  });

  test.for(all)(
    '%s ends in time where %s leads to a server that never answers',
    { timeout: 60_000 },
    async ([service, store]) => {
      const line = await refusal(service, { ...stores, [store]: urlAt(await silentServer())[store] });
      expect(line).toContain(variables[store]);
    },
  );

  test.for(services)('%s refuses an event store that is too old, and says which one it needs', async (service) => {
    const old = await startEventStoreSimulator({ version: '21.10.9.0' });
    onTestFinished(() => old.signal('SIGKILL'));
    const line = await refusal(service, { ...stores, eventStoreUrl: old.url });
    expect(line).toMatch(/21\.10\.9\.0.*at least 23\.10/);
  });

  test.for(users.readModelUrl)('%s ends where the database refuses the password', async (service) => {
    const url = Object.assign(new URL(stores.readModelUrl), { password }).href;
    expect(await refusal(service, { ...stores, readModelUrl: url })).toMatch(/password/);
  });

  test.for(users.readModelUrl)('%s ends where the database is not there', async (service) => {
    const url = Object.assign(new URL(stores.readModelUrl), { pathname: '/none' }).href;
    expect(await refusal(service, { ...stores, readModelUrl: url })).toMatch(/create it/);
  });

  test.for(['relay', 'projector'] as const)('%s ends where it may not create what it needs', async (service) => {
    const { strangers } = await databaseWithStranger();
    expect(await refusal(service, strangers)).toMatch(/lacks a right: grant it/);
  });

  test('query ends where it may not read', async () => {
    const { own, strangers } = await databaseWithStranger();
    await madeBy(own, 'projector');
    expect(await refusal('query', strangers)).toMatch(/lacks a right: grant it/);
  });

  test.for([
    ['relay', 'relay', 'stance_relay'],
    ['relay', 'relay', 'stance_feed_relay'],
    ['projector', 'projector', 'stance_read_model'],
    ['projector', 'projector', 'stance_feed'],
    ['query', 'projector', 'stance_read_model'],
    ['query', 'projector', 'stance_feed'],
  ] as const)('%s refuses what a %s of another version made in %s', async ([service, maker, schema]) => {
    const { own } = await databaseWithStranger();
    await madeBy(own, maker);
    await queryPostgres(own.readModelUrl)(`UPDATE ${schema}.layout SET version = version + 1`);
    expect(await refusal(service, own)).toMatch(/version/);
  });
});
