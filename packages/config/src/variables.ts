import { isIP } from 'node:net';

import { parseBroker, parseEventStore, parseReadModel } from './store-url.ts';
import type { BrokerLocation, EventStoreLocation, ReadModelLocation } from './store-url.ts';

/** One variable of the environment: how it is read, what it is where absent, and its line in the documentation. */
export interface Variable<Value> {
  readonly name: `STANCE_${string}`;
  /** Read like a value from the environment; `null` for none. */
  readonly fallback: string | null;
  /** In words, where the default is none or depends on others. */
  readonly fallbackText?: string;
  readonly meaning: string;
  /** @throws Error whose message says what is wrong with the value. */
  readonly parse: (text: string) => Value;
}

const integer =
  (from: number, to: number) =>
  (text: string): number => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= from && value <= to)) throw new Error(`"${text}" is not a whole number from ${from} to ${to}`);
    return value;
  };

const oneOf =
  <Choice extends string>(choices: readonly Choice[]) =>
  (text: string): Choice => {
    const choice = choices.find((candidate) => candidate === text);
    if (choice === undefined) throw new Error(`"${text}" is none of ${choices.join(', ')}`);
    return choice;
  };

const hostName = (text: string): string => {
  if (!/^[A-Za-z0-9.:_-]{1,253}$/.test(text)) throw new Error(`"${text}" is not a host name or an address`);
  return text;
};

const filePath = (text: string): string => {
  if (text.includes('\0')) throw new Error('a path holds no zero byte');
  return text;
};

const filePaths = (text: string): readonly string[] => {
  const paths = text.split(',').map((path) => filePath(path.trim()));
  if (paths.includes('')) throw new Error(`"${text}" names no file before or after a comma`);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new Error(`"${twice}" is named twice`);
  return paths;
};

/** What stands before and after the slash of a network, and how long that may be: of IPv4, and of IPv6. */
const isNetwork = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
};

const networks = (text: string): readonly string[] => {
  const all = text.split(',').map((network) => network.trim());
  const wrong = all.find((network) => !isNetwork(network));
  if (wrong !== undefined) throw new Error(`"${wrong}" is neither an IP address nor a network such as 10.0.0.0/8`);
  return all;
};

/** What an empty event store starts with. */
export type Seed =
  | { readonly kind: 'examples' }
  | { readonly kind: 'none' }
  | { readonly kind: 'folder'; readonly path: string };

const readSeed = (text: string): Seed =>
  text === 'examples' || text === 'none' ? { kind: text } : { kind: 'folder', path: filePath(text) };

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

const define = <Value>(variable: Variable<Value>): Variable<Value> => variable;

/** Every variable there is. */
export const variables = {
  eventStore: define<EventStoreLocation>({
    name: 'STANCE_EVENT_STORE_URL',
    fallback: 'sqlite:./data/events.db',
    meaning: 'Where events are kept: the source of truth. `sqlite:PATH`, or `esdb://user:password@host:2113`.',
    parse: parseEventStore,
  }),
  readModel: define<ReadModelLocation>({
    name: 'STANCE_READ_MODEL_URL',
    fallback: 'sqlite:./data/read-model.db',
    meaning:
      'Where what is derived from the events is kept; it can be rebuilt. `sqlite:PATH`, or `postgres://user:password@host:5432/database`.',
    parse: parseReadModel,
  }),
  feedStore: define<ReadModelLocation | null>({
    name: 'STANCE_FEED_STORE_URL',
    fallback: null,
    fallbackText:
      'beside the read model: `feed.db` for `read-model.db`, `NAME-feed.db` for `NAME.db`; in PostgreSQL the same database, in a schema of its own',
    meaning: 'Where it is kept which changes were published. `sqlite:PATH`, or `postgres://…`.',
    parse: parseReadModel,
  }),
  webhookStore: define<ReadModelLocation | null>({
    name: 'STANCE_WEBHOOKS_URL',
    fallback: null,
    fallbackText:
      'beside the feed: `webhooks.db` for `feed.db`, `NAME-webhooks.db` for `NAME-feed.db`; in PostgreSQL the same database, in a schema of its own',
    meaning: 'Where it is kept who is told of changes by webhooks, and how far. `sqlite:PATH`, or `postgres://…`.',
    parse: parseReadModel,
  }),
  webhooksAllowed: define<readonly string[] | null>({
    name: 'STANCE_WEBHOOKS_ALLOW',
    fallback: null,
    fallbackText: 'none: public addresses by https alone',
    meaning:
      'Addresses, and networks such as `10.0.0.0/8`, separated by commas, that webhooks may call though they are not public, and by http as well.',
    parse: networks,
  }),
  broker: define<BrokerLocation | null>({
    name: 'STANCE_BROKER_URL',
    fallback: null,
    fallbackText: 'none: the projector follows the event store directly',
    meaning:
      'What brings events from the event store to the projector, for services that run apart, and events and changes to other programs: `kafka://host:9092,host:9092`.',
    parse: parseBroker,
  }),
  host: define<string>({
    name: 'STANCE_HOST',
    fallback: '127.0.0.1',
    meaning:
      'The address to listen on. Beyond loopback, set `STANCE_TOKENS` as well: without, nobody elsewhere may write, and everybody may read.',
    parse: hostName,
  }),
  port: define<number>({
    name: 'STANCE_PORT',
    fallback: '4000',
    meaning: 'The port to listen on; `0` for any that is free.',
    parse: integer(0, 65_535),
  }),
  tokensFile: define<string | null>({
    name: 'STANCE_TOKENS',
    fallback: null,
    fallbackText: 'none: only loopback may write',
    meaning: 'A file of hashed tokens with their scopes (`read` `write` `review` `operate`).',
    parse: filePath,
  }),
  methodFiles: define<readonly string[] | null>({
    name: 'STANCE_METHODS',
    fallback: null,
    fallbackText: 'none: the method `default` alone',
    meaning: 'Files of further methods that answers can be made by, separated by commas.',
    parse: filePaths,
  }),
  logLevel: define<LogLevel>({
    name: 'STANCE_LOG_LEVEL',
    fallback: 'info',
    fallbackText: '`info`; on a terminal `warn`',
    meaning: `How much is logged: ${logLevels.map((level) => `\`${level}\``).join(' ')}. Each request is logged at \`debug\`.`,
    parse: oneOf(logLevels),
  }),
  requestsPerSecond: define<number>({
    name: 'STANCE_REQUESTS_PER_SECOND',
    fallback: '20000',
    meaning: 'How many calls a second one token, or one address without a token, may make.',
    parse: integer(1, 1_000_000),
  }),
  concurrentRequests: define<number>({
    name: 'STANCE_CONCURRENT_REQUESTS',
    fallback: '1000',
    meaning: 'How many calls may be under way at once, without the streams that never end.',
    parse: integer(1, 100_000),
  }),
  concurrentStreams: define<number>({
    name: 'STANCE_CONCURRENT_STREAMS',
    fallback: '10000',
    meaning: 'How many streams of changes and statements one process may hold open at once.',
    parse: integer(1, 1_000_000),
  }),
  stopSeconds: define<number>({
    name: 'STANCE_STOP_SECONDS',
    fallback: '10',
    meaning: 'How long a stop waits for calls under way before it cuts them off.',
    parse: integer(0, 3600),
  }),
  seed: define<Seed>({
    name: 'STANCE_SEED',
    fallback: 'examples',
    meaning:
      'What an empty event store starts with: `examples` (those that come with the source), `none`, or a folder of files like theirs.',
    parse: readSeed,
  }),
} as const;

/** Variables of programs that call the service: no business of its own, and no mistake either. */
export const callerVariables: readonly string[] = ['STANCE_URL', 'STANCE_TOKEN'];

/** The same, and those of the tests. */
export const belongsElsewhere = (name: string): boolean =>
  callerVariables.includes(name) || name === 'STANCE_REQUIRE_CONTAINERS' || name.startsWith('STANCE_TEST_');
