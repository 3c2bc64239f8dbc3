import { readFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

import { ConfigError, readConfig, variablesTable } from '../src/index.ts';
import type { ServiceName } from '../src/index.ts';

const faultsOf = (env: Record<string, string>, service?: ServiceName): Record<string, string> => {
  try {
    readConfig(env, service);
  } catch (error) {
    if (error instanceof ConfigError)
      return Object.fromEntries(error.faults.map((fault) => [fault.variable, fault.message]));
    throw error;
  }
  return {};
};

describe('the configuration', () => {
  test('needs nothing: every variable has a default', () => {
    expect(readConfig({})).toEqual({
      eventStore: { kind: 'sqlite', file: './data/events.db' },
      readModel: { kind: 'sqlite', file: './data/read-model.db' },
      feedStore: { kind: 'sqlite', file: 'data/feed.db' },
      webhookStore: { kind: 'sqlite', file: 'data/webhooks.db' },
      webhooksAllowed: [],
      broker: null,
      host: '127.0.0.1',
      port: 4000,
      tokensFile: null,
      methodFiles: [],
      logLevel: 'info',
      requestsPerSecond: 20_000,
      concurrentRequests: 1000,
      concurrentStreams: 10_000,
      stopSeconds: 10,
      seed: { kind: 'examples' },
    });
  });

  test('takes an empty variable as absent, and leaves variables of other programs alone', () => {
    const ofClients = { PATH: '/bin', STANCE_URL: 'http://x', STANCE_TOKEN: 'x' };
    const ofTests = { STANCE_REQUIRE_CONTAINERS: '1', STANCE_TEST_SEED: '7' };
    expect(readConfig({ STANCE_PORT: '', STANCE_TOKENS: '', ...ofClients, ...ofTests })).toEqual(readConfig({}));
  });

  test('says what an empty event store starts with', () => {
    expect(readConfig({ STANCE_SEED: 'none' }).seed).toEqual({ kind: 'none' });
    expect(readConfig({ STANCE_SEED: './mine' }).seed).toEqual({ kind: 'folder', path: './mine' });
  });

  test('takes one method file, or several', () => {
    expect(readConfig({ STANCE_METHODS: './mine.json' }).methodFiles).toEqual(['./mine.json']);
    expect(readConfig({ STANCE_METHODS: 'a.json, b c.json' }).methodFiles).toEqual(['a.json', 'b c.json']);
  });

  test('keeps the feed beside the read model unless told otherwise', () => {
    expect(readConfig({ STANCE_READ_MODEL_URL: 'sqlite:/var/lib/stance/read-model.db' }).feedStore).toEqual({
      kind: 'sqlite',
      file: '/var/lib/stance/feed.db',
    });
    expect(readConfig({ STANCE_FEED_STORE_URL: 'sqlite:x.db' }).feedStore).toEqual({ kind: 'sqlite', file: 'x.db' });
    expect(readConfig({ STANCE_READ_MODEL_URL: 'postgres://h/d' }).feedStore).toEqual({
      kind: 'postgres',
      url: 'postgres://h/d',
    });
  });

  test('keeps webhooks beside the feed unless told otherwise', () => {
    const storeOf = (env: Record<string, string>): unknown => readConfig(env).webhookStore;
    expect(storeOf({ STANCE_READ_MODEL_URL: 'sqlite:/data/a.db' })).toEqual({
      kind: 'sqlite',
      file: '/data/a-webhooks.db',
    });
    expect(storeOf({ STANCE_FEED_STORE_URL: 'sqlite:x.db' })).toEqual({ kind: 'sqlite', file: 'x-webhooks.db' });
    expect(storeOf({ STANCE_WEBHOOKS_URL: 'sqlite:y.db' })).toEqual({ kind: 'sqlite', file: 'y.db' });
    expect(storeOf({ STANCE_READ_MODEL_URL: 'postgres://h/d' })).toEqual({ kind: 'postgres', url: 'postgres://h/d' });
    expect(() => readConfig({ STANCE_WEBHOOKS_URL: 'sqlite:./data/feed.db' })).toThrow(/already the file of/);
  });

  test('takes addresses and networks that webhooks may call, and nothing else', () => {
    const allowed = (text: string): unknown => readConfig({ STANCE_WEBHOOKS_ALLOW: text }).webhooksAllowed;
    expect(allowed('127.0.0.1, 10.0.0.0/8,fd00::/8')).toEqual(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
    for (const wrong of ['localhost', '10.0.0.0/33', 'fd00::/129', '10.0.0.0/', '127.0.0.1,', '10.0.0.0/8/8']) {
      expect(() => allowed(wrong)).toThrow(/neither an IP address nor a network/);
    }
  });

  test('has webhooks of their own process where nobody has to write events', () => {
    const env = { STANCE_READ_MODEL_URL: 'postgres://h/d' };
    expect(readConfig(env, 'webhooks').webhookStore).toEqual({ kind: 'postgres', url: 'postgres://h/d' });
    expect(() => readConfig({ ...env, STANCE_WEBHOOKS_URL: 'sqlite:x.db' }, 'webhooks')).toThrow(/STANCE_WEBHOOKS_URL/);
    expect(() => readConfig({}, 'webhooks')).toThrow(/STANCE_READ_MODEL_URL/);
  });

  test('gives two services with their files in one folder a feed each', () => {
    const feedOf = (readModel: string): unknown =>
      readConfig({ STANCE_READ_MODEL_URL: `sqlite:${readModel}` }).feedStore;
    expect(feedOf('/data/a.db')).toMatchObject({ file: '/data/a-feed.db' });
    expect(feedOf('/data/b')).toMatchObject({ file: '/data/b-feed' });
  });

  test.each([
    ['sqlite:./a.db', './a.db'],
    ['sqlite:/a b/c.db', '/a b/c.db'],
    ['sqlite:///a/c.db', '/a/c.db'],
    ['SQLITE:c.db', 'c.db'],
  ])('reads %s as the file %s', (url, file) => {
    expect(readConfig({ STANCE_EVENT_STORE_URL: url }).eventStore).toEqual({ kind: 'sqlite', file });
  });

  test.each([
    [
      'STANCE_EVENT_STORE_URL',
      'postgres://localhost/x',
      'PostgreSQL (postgres:) does not fit here; write sqlite:PATH or',
    ],
    ['STANCE_EVENT_STORE_URL', 'esdb://?tls=false', 'names no host; write sqlite:PATH or esdb://'],
    ['STANCE_READ_MODEL_URL', 'esdb://localhost', 'EventStoreDB (esdb:) does not fit here'],
    ['STANCE_FEED_STORE_URL', 'kafka://localhost', 'Kafka (kafka:) does not fit here'],
    ['STANCE_BROKER_URL', 'sqlite:x.db', 'SQLite (sqlite:) does not fit here; write kafka://'],
    ['STANCE_BROKER_URL', 'kafka://localhost:9092', 'follows the event store directly'],
    ['STANCE_BROKER_URL', 'amqp://localhost', 'not a URL of a broker'],
    ['STANCE_EVENT_STORE_URL', './data/events.db', 'write sqlite:PATH'],
    ['STANCE_EVENT_STORE_URL', 'sqlite:', 'names no file'],
    ['STANCE_EVENT_STORE_URL', 'sqlite:data/', 'names no file'],
    ['STANCE_EVENT_STORE_URL', 'sqlite://host/x.db', 'names a host'],
    ['STANCE_EVENT_STORE_URL', 'sqlite::memory:', 'lost at the end'],
    ['STANCE_FEED_STORE_URL', 'sqlite:data/events.db', 'already the file of STANCE_EVENT_STORE_URL'],
    ['STANCE_METHODS', 'a.json,,b.json', 'names no file before or after a comma'],
    ['STANCE_METHODS', 'a.json, ', 'names no file before or after a comma'],
    ['STANCE_METHODS', 'a.json,b.json,a.json', '"a.json" is named twice'],
    ['STANCE_METHODS', 'a\0.json', 'no zero byte'],
    ['STANCE_PORT', '65536', 'from 0 to 65535'],
    ['STANCE_PORT', '40e2', 'from 0 to 65535'],
    ['STANCE_PORT', '-1', 'from 0 to 65535'],
    ['STANCE_HOST', 'http://localhost', 'not a host name'],
    ['STANCE_LOG_LEVEL', 'loud', 'none of trace, debug'],
    ['STANCE_REQUESTS_PER_SECOND', '0', 'from 1 to'],
    ['STANCE_CONCURRENT_REQUESTS', 'many', 'from 1 to'],
    ['STANCE_CONCURRENT_STREAMS', '0', 'from 1 to'],
    ['STANCE_STOP_SECONDS', '1.5', 'from 0 to 3600'],
    ['STANCE_READMODEL_URL', 'sqlite:x.db', 'did you mean STANCE_READ_MODEL_URL?'],
    ['STANCE_ZZZZZZZZZZZZZZZZZZZZZZ', 'x', 'known are STANCE_EVENT_STORE_URL'],
  ])('refuses %s=%s, saying why', (variable, value, why) => {
    expect(faultsOf({ [variable]: value })).toEqual({ [variable]: expect.stringContaining(why) });
  });

  test.each<[ServiceName, string[]]>([
    ['ingestion', ['STANCE_EVENT_STORE_URL']],
    ['projector', ['STANCE_EVENT_STORE_URL', 'STANCE_READ_MODEL_URL']],
    ['query', ['STANCE_EVENT_STORE_URL', 'STANCE_READ_MODEL_URL']],
    ['relay', ['STANCE_BROKER_URL', 'STANCE_EVENT_STORE_URL', 'STANCE_READ_MODEL_URL']],
  ])('refuses files where %s runs apart from the others', (service, variables) => {
    expect(Object.keys(faultsOf({}, service)).toSorted()).toEqual(variables);
  });

  test('takes servers where services run apart, and for the one process of all three', () => {
    const env = { STANCE_EVENT_STORE_URL: 'esdb://h:2113?tls=false', STANCE_READ_MODEL_URL: 'postgres://u:p@h/d' };
    const stores = { eventStore: { kind: 'esdb' }, readModel: { kind: 'postgres', url: 'postgres://u:p@h/d' } };
    expect(readConfig(env)).toMatchObject({ ...stores, broker: null });
    const broker = { STANCE_BROKER_URL: 'kafka://h:9092' };
    expect(readConfig({ ...env, ...broker }, 'relay')).toMatchObject({ ...stores, broker: { kind: 'kafka' } });
    expect(faultsOf({ ...env, STANCE_FEED_STORE_URL: 'sqlite:x.db' }, 'projector')).toEqual({
      STANCE_FEED_STORE_URL: expect.stringContaining('share their stores'),
    });
  });

  test('lets a command work on the stores of a cluster, and on files', () => {
    const env = {
      STANCE_EVENT_STORE_URL: 'esdb://h:2113?tls=false',
      STANCE_READ_MODEL_URL: 'postgres://u:p@h/d',
      STANCE_BROKER_URL: 'kafka://h:9092',
    };
    expect(readConfig(env, 'command')).toMatchObject({ eventStore: { kind: 'esdb' }, readModel: { kind: 'postgres' } });
    expect(readConfig({}, 'command')).toEqual(readConfig({}));
  });

  test.for(['me:secret@h/d', 'me:a/secret@h/d', 'me:a@secret@h/d', 'me:a?secret@h/d', 'h/d?password=secret'])(
    'shows no password, be it written wrong: %s',
    (rest) => {
      const faults = faultsOf({ STANCE_EVENT_STORE_URL: `mysql://${rest}`, STANCE_BROKER_URL: `amqp://${rest}` });
      expect(Object.keys(faults)).toHaveLength(2);
      expect(JSON.stringify(faults)).not.toContain('secret');
    },
  );

  test('lists everything that is wrong at once, in one message', () => {
    const env = { STANCE_PORT: 'x', STANCE_LOG_LEVEL: 'x', STANCE_TOKNES: 'x', STANCE_BROKER_URL: 'amqp://a' };
    expect(Object.keys(faultsOf(env)).toSorted()).toEqual(Object.keys(env).toSorted());
    expect(() => readConfig(env)).toThrow(
      /STANCE_TOKNES.*\n.*STANCE_BROKER_URL.*\n.*STANCE_PORT.*\n.*STANCE_LOG_LEVEL/,
    );
  });

  test('is documented in the README as it is in the code', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    expect(readme).toContain(variablesTable());
  });
});
