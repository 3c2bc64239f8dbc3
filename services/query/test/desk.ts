import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { encodeEvent, registryStream, streamOf } from '@stance/contracts';
import type {
  Alias,
  EventDataOf,
  ProblemDocument,
  RegistryEvent,
  StanceEvent,
  StatementContent,
} from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import { createMemoryEventStore } from '@stance/event-store/memory';
import { createHttpApp } from '@stance/http';
import type { HttpAppOptions } from '@stance/http';
import { createProjection } from '@stance/projection';
import { openSqliteReadModelWriter } from '@stance/read-model/sqlite';
import { openSqliteReadModel } from '@stance/read-model/sqlite/reader';
import { pino } from 'pino';
import { expect, onTestFinished } from 'vitest';

import { createLogId, registerQuery } from '../src/index.ts';
import type { ChangeRecord, QueryOptions } from '../src/index.ts';
import { wary } from './wary.ts';

export interface Reply<Body> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: Body;
}

/** Fields of a statement that a test does not care about are filled in. */
export type GivenStatement = Partial<StatementContent> & { readonly holder: string; readonly proposition: string };

const day = 86_400_000;
export const startOfTime = Date.parse('2024-06-01T12:00:00Z');

// Where the system has a folder in memory, thousands of desks need not wait for a disk.
const inMemory = '/dev/shm';
const parent = existsSync(inMemory) ? inMemory : tmpdir();

/** The whole way from the log to the answer: an event store, the projection, a read model in a file, and the app. */
export const openOwnDesk = async ({
  headAtStart = 0,
  http = {},
  ...options
}: Partial<QueryOptions> & {
  readonly headAtStart?: number;
  readonly http?: Pick<HttpAppOptions, 'tokens' | 'limits'>;
} = {}) => {
  const directory = mkdtempSync(join(parent, 'stance-query-'));
  const path = join(directory, 'read-model.db');
  let now = startOfTime;
  const store = createMemoryEventStore({ clock: () => now });
  const writer = openSqliteReadModelWriter({ path, method: defaultMethod });
  const projection = await createProjection({ source: store, writer, method: defaultMethod });
  const readModel = openSqliteReadModel({ path });
  const published = new Map<string, ChangeRecord>();
  const app = createHttpApp({ logger: pino({ level: 'silent' }), ...http });
  registerQuery(app, {
    readModel,
    feed: {
      ...emptyFeed,
      changeRecords: (changes) => new Map(changes.flatMap(({ changeId }) => recordOf(changeId))),
    },
    progress: {
      head: () => store.head(),
      headAtStart,
      logId: createLogId(store),
      position: () => projection.position(),
      headAt: (instant) => store.headAt(instant),
      whenPassed: async (position, { timeoutMs, signal }) =>
        projection.whenPassed(position, { timeout: timeoutMs, signal }).then(
          () => true,
          () => false,
        ),
    },
    methods: [defaultMethod, wary],
    projections: () => [],
    clock: () => now,
    logger: pino({ level: 'silent' }),
    ...options,
  });
  const recordOf = (id: string): [string, ChangeRecord][] => {
    const record = published.get(id);
    return record === undefined ? [] : [[id, record]];
  };

  const append = async <Type extends StanceEvent['type']>(
    stream: string,
    type: Type,
    data: EventDataOf<Type>,
  ): Promise<number> => {
    const expectedRevision = (await store.readStream(stream)).length - 1;
    const event = { id: randomUUID(), ...encodeEvent(type, data), metadata: { correlationId: 'test' } };
    const [result] = await store.append([{ stream, expectedRevision, events: [event] }]);
    if (result?.outcome !== 'appended') throw new Error(`cannot append to ${stream}`);
    return result.position;
  };

  const desk = {
    path,
    app,
    published,
    readModel,
    /** Lets so many days pass. */
    pass: (days: number): void => {
      now += days * day;
    },
    now: () => now,
    async [Symbol.asyncDispose](): Promise<void> {
      await app.kit.stop(0);
      await readModel.close();
      await writer.close();
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
    head: () => store.head(),
    actor: (id: string, name = id, more: Partial<EventDataOf<'ActorRegistered'>> = {}) =>
      append(streamOf('actor', id), 'ActorRegistered', { actorId: id, name, inPassing: false, ...more }),
    reviseActor: (id: string, name: string, more: Partial<EventDataOf<'ActorRevised'>> = {}) =>
      append(streamOf('actor', id), 'ActorRevised', { actorId: id, name, ...more }),
    alias: (id: string, name: string, more: Omit<Alias, 'name'> = {}) =>
      append(streamOf('actor', id), 'ActorAliasAdded', { actorId: id, alias: { name, ...more } }),
    registry: <Type extends RegistryEvent['type']>(type: Type, data: EventDataOf<Type>) =>
      append(registryStream, type, data),
    proposition: (id: string, text = id, topics: readonly string[] = []) =>
      append(streamOf('proposition', id), 'PropositionDefined', {
        propositionId: id,
        text,
        inPassing: false,
        ...(topics.length === 0 ? {} : { topics: [...topics] }),
      }),
    revise: (id: string, text: string, reason?: string) =>
      append(streamOf('proposition', id), 'PropositionRevised', {
        propositionId: id,
        text,
        ...(reason === undefined ? {} : { reason }),
      }),
    state: (id: string, given: GivenStatement) =>
      append(streamOf('statement', id), 'StatementMade', { statementId: id, statement: contentOf(given) }),
    correct: (id: string, given: GivenStatement, reason = 'misread') =>
      append(streamOf('statement', id), 'StatementCorrected', {
        statementId: id,
        holder: given.holder,
        proposition: given.proposition,
        reason,
        changed: [],
        patch: {},
        statement: contentOf(given),
      }),
    retract: (id: string, { holder, proposition }: GivenStatement, reason = 'never said') =>
      append(streamOf('statement', id), 'StatementRetracted', { statementId: id, holder, proposition, reason }),
    /** An event that nobody can handle. */
    poison: async (stream: string, type = 'StatementCorrected', data: object = {}): Promise<void> => {
      const expectedRevision = (await store.readStream(stream)).length - 1;
      const metadata = { correlationId: 'test' };
      const event = { id: randomUUID(), type, schemaVersion: 99, data: JSON.stringify(data), metadata };
      await store.append([{ stream, expectedRevision, events: [event] }]);
    },
    /** Brings the read model up to the log, or to a position, in batches of so many events. */
    project: async (limit = 1000, upTo = Number.MAX_SAFE_INTEGER): Promise<number> => {
      const end = Math.min(upTo, await store.head());
      while (projection.position() < end) await projection.applyNext(Math.min(limit, end - projection.position()));
      return projection.position();
    },
    get: async <Body = Record<string, unknown>>(
      url: string,
      headers: Record<string, string> = {},
    ): Promise<Reply<Body>> => {
      const reply = await app.inject({ method: 'GET', url, headers: { host: 'localhost', ...headers } });
      const type = reply.headers['content-type'] ?? '';
      const body = (type.includes('json') && !type.includes('ndjson') ? reply.json() : undefined) as Body;
      return { status: reply.statusCode, headers: reply.headers, text: reply.body, body };
    },
    /** The answer, which has to be one. */
    ask: async <Body>(url: string): Promise<Body> => {
      const reply = await desk.get<Body>(url);
      expect(reply.status, reply.text).toBe(200);
      return reply.body;
    },
    /** The problem that a call is refused with. */
    refused: async (url: string, headers: Record<string, string> = {}): Promise<ProblemDocument> => {
      const reply = await desk.get<ProblemDocument>(url, headers);
      expect(reply.headers['content-type'], reply.text).toContain('application/problem+json');
      expect(reply.status).toBe(reply.body.status);
      return reply.body;
    },
  };
  return desk;
};

export type Desk = Awaited<ReturnType<typeof openOwnDesk>>;

/** A desk that is there until the test is over. */
export const openDesk = async (options: Parameters<typeof openOwnDesk>[0] = {}): Promise<Desk> => {
  const desk = await openOwnDesk(options);
  onTestFinished(() => desk[Symbol.asyncDispose]());
  return desk;
};

/** Nothing was published. */
const emptyFeed: Omit<QueryOptions['feed'], 'changeRecords'> = {
  epoch: () => Promise.resolve('epoch'),
  head: () => Promise.resolve(0),
  readFeed: () => Promise.resolve([]),
  readCurrent: () => Promise.resolve([]),
};

const contentOf = (given: GivenStatement): StatementContent => ({
  direction: 'support',
  act: 'assert',
  authority: 'self',
  saidAt: '2024-05-01',
  quote: { exact: 'Yes, we will.', directness: 'direct' },
  ...given,
});
