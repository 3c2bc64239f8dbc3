import type { StartedNetwork, StartedTestContainer } from 'testcontainers';

import { startToxiproxyContainer } from './toxiproxy-container.ts';
import type { Way } from './toxiproxy-container.ts';

/** A server that can be ended and started again: what it has acknowledged is still there then. */
export interface FrailServer {
  /** Resolves once it takes connections again. `killed`: it was given no time to stop in order. */
  restart(how: 'stopped' | 'killed'): Promise<void>;
}

/** The ways of some of the processes to the stores; they can be bad while those of others are not. */
export interface Side {
  readonly eventStore: Way;
  readonly broker: Way;
  readonly database: Way;
}

/** A broker and a database of a test's own, which it may hurt, and the ways to these and to an event store. */
export interface FrailStores {
  readonly sides: readonly [Side, Side];
  readonly broker: FrailServer & {
    /** A way of its own, always good. */
    readonly address: string;
    /** Takes users only: `user` with the password `user-password`, who has no rights. */
    readonly forUsers: string;
  };
  readonly database: FrailServer & {
    /** Of a superuser, always good. */
    readonly url: string;
    /** The same by way of a side. */
    urlBy(side: Side): string;
  };
  stop(): Promise<void>;
}

const kafkaImage = process.env['KAFKA_IMAGE'] ?? 'confluentinc/cp-kafka:8.1.0';
const postgresImage = process.env['POSTGRES_IMAGE'] ?? 'postgres:16-alpine';

/** Who comes by which way is told by this way how to come again: each has a listener of its own. */
const listeners = { ONE: 9092, TWO: 9093, GOOD: 9094, USERS: 9095 } as const;
type Listener = keyof typeof listeners;
const names = Object.keys(listeners) as Listener[];
const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required user_user="user-password";';

const startKafka = async (network: StartedNetwork, ways: Readonly<Record<Listener, Way>>) => {
  const { GenericContainer, Wait } = await import('testcontainers');
  return new GenericContainer(kafkaImage)
    .withNetwork(network)
    .withNetworkAliases('kafka')
    .withEnvironment({
      CLUSTER_ID: 'c3RhbmNlLXRyYWNrZXI0MA',
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: [...names.map((name) => `${name}://:${String(listeners[name])}`), 'CONTROLLER://:9099'].join(
        ',',
      ),
      KAFKA_ADVERTISED_LISTENERS: names.map((name) => `${name}://${ways[name].address}`).join(','),
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP:
        'ONE:PLAINTEXT,TWO:PLAINTEXT,GOOD:PLAINTEXT,USERS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'GOOD',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9099',
      KAFKA_SASL_ENABLED_MECHANISMS: 'PLAIN',
      KAFKA_LISTENER_NAME_USERS_PLAIN_SASL_JAAS_CONFIG: login,
      KAFKA_AUTHORIZER_CLASS_NAME: 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      KAFKA_SUPER_USERS: 'User:ANONYMOUS',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      // One that was killed is let in again once its session is over.
      KAFKA_BROKER_SESSION_TIMEOUT_MS: '3000',
      KAFKA_BROKER_HEARTBEAT_INTERVAL_MS: '500',
      KAFKA_HEAP_OPTS: '-Xmx512m',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .withStartupTimeout(120_000)
    .start();
};

/** What is acknowledged outlives the end of the server; that of the machine it need not. */
const settings = ['fsync=off', 'full_page_writes=off', 'max_connections=200'];

const startPostgres = async (network: StartedNetwork): Promise<StartedTestContainer> => {
  const { GenericContainer, Wait } = await import('testcontainers');
  return new GenericContainer(postgresImage)
    .withNetwork(network)
    .withNetworkAliases('postgres')
    .withEnvironment({ POSTGRES_USER: 'test', POSTGRES_PASSWORD: 'test', POSTGRES_DB: 'test' })
    .withCommand(['postgres', ...settings.flatMap((setting) => ['-c', setting])])
    .withWaitStrategy(Wait.forSuccessfulCommand('pg_isready --username test --dbname test --host 127.0.0.1'))
    .withStartupTimeout(120_000)
    .start();
};

const secondsToStop = 10;
const frail = (container: StartedTestContainer): FrailServer => ({
  restart: (how) => container.restart({ timeout: how === 'killed' ? 0 : secondsToStop * 1000 }),
});

/**
 * Starts them, for an event store that listens on a port of this machine, on all its addresses.
 *
 * @throws Error where there is no container runtime, or an image cannot be had; nothing is left running then.
 */
export const startFrailStores = async (eventStorePort: number): Promise<FrailStores> => {
  const { Network } = await import('testcontainers');
  await using started = new AsyncDisposableStack();
  const network = await new Network().start();
  started.defer(async () => {
    await network.stop();
  });
  const toxiproxy = started.adopt(await startToxiproxyContainer(network, 9), (each) => each.stop());
  const side = async (name: string, listener: Listener): Promise<Side> => ({
    eventStore: await toxiproxy.lead(`events-${name}`, `host.docker.internal:${String(eventStorePort)}`),
    broker: await toxiproxy.lead(`broker-${name}`, `kafka:${String(listeners[listener])}`),
    database: await toxiproxy.lead(`database-${name}`, 'postgres:5432'),
  });
  const one = await side('one', 'ONE');
  const two = await side('two', 'TWO');
  const good = await toxiproxy.lead('broker', `kafka:${String(listeners.GOOD)}`);
  const users = await toxiproxy.lead('broker-users', `kafka:${String(listeners.USERS)}`);
  const database = await toxiproxy.lead('database', 'postgres:5432');
  const start = <Container extends StartedTestContainer>(starting: Promise<Container>) =>
    starting.then((container) => {
      started.defer(async () => {
        await container.stop();
      });
      return container;
    });
  const [kafka, postgres] = await Promise.all([
    start(startKafka(network, { ONE: one.broker, TWO: two.broker, GOOD: good, USERS: users })),
    start(startPostgres(network)),
  ]);
  const urlOf = ({ address }: Way): string => `postgres://test:test@${address}/test`;
  const running = started.move();
  return {
    sides: [one, two],
    broker: { ...frail(kafka), address: good.address, forUsers: users.address },
    database: { ...frail(postgres), url: urlOf(database), urlBy: (of) => urlOf(of.database) },
    stop: () => running.disposeAsync(),
  };
};
