import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import type { Config } from '@stance/config';
import { createOpenApiDocument, endpoints } from '@stance/contracts';
import type { ProjectionStatus } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import type { Method } from '@stance/domain';
import { createEventIds } from '@stance/event-store';
import { isSqliteEventStoreInUse } from '@stance/event-store/sqlite';
import { createHttpApp, newToken, registerOperating } from '@stance/http';
import type { HttpApp, Token } from '@stance/http';
import { registerIngestion } from '@stance/ingestion';
import { ProjectionError } from '@stance/projection';
import { registerQuery } from '@stance/query';
import type { Progress } from '@stance/query';
import type { Logger } from 'pino';

import { readGivenFiles } from './given-files.ts';
import { projectionStatus, readinessChecks, registerGauges } from './operating.ts';
import { loadSeed, lacksExamples } from './seed.ts';
import type { Seeded } from './seed.ts';
import { ownReadModel } from './own-read-model.ts';
import { isTaken, listenError, runsAlreadyError } from './start-failure.ts';
import { openStores } from './stores.ts';
import type { Stores } from './stores.ts';
import { version } from './version.ts';

export interface StandaloneOptions {
  readonly logger: Logger;
}

export interface StandaloneStatus {
  /** The position of the last durable event. */
  readonly head: number;
  readonly projection: ProjectionStatus;
}

/** The three services, running in this process. */
export interface Standalone {
  /** Where it listens: `http://127.0.0.1:4000`. */
  readonly address: string;
  readonly port: number;
  /** The examples that were loaded at this start. */
  readonly seeded: readonly Seeded[];
  status(): StandaloneStatus;
  /** Resolves once the read model has passed a position. @throws ProjectionError `not-caught-up` after `timeout` ms. */
  whenPassed(position: number, options?: { readonly timeout?: number; readonly signal?: AbortSignal }): Promise<void>;
  /**
   * Takes no more calls, lets those under way finish within the configured time, then closes everything. Later calls
   * wait for the same stop.
   */
  stop(): Promise<void>;
}

const progressOf = ({ projector, eventStore, head, headAtStart }: Stores): Progress => ({
  head,
  headAtStart,
  position: () => projector.status().position,
  headAt: (instant) => eventStore.headAt(instant),
  whenPassed: async (position, { timeoutMs, signal }) => {
    try {
      await projector.whenPassed(position, { timeout: timeoutMs, signal });
      return true;
    } catch (error) {
      if (error instanceof ProjectionError && error.code === 'not-caught-up') return false;
      throw error;
    }
  },
});

interface Given {
  readonly ownKey: string;
  readonly tokens: readonly Token[] | null;
  /** Beside the default one. */
  readonly methods: readonly Method[];
}

const createApp = (config: Config, { ownKey, tokens, methods }: Given, stores: Stores, logger: Logger): HttpApp => {
  const app = createHttpApp({
    logger,
    host: config.host,
    ownKey,
    ...(tokens === null ? {} : { tokens }),
    limits: { requestsPerSecond: config.requestsPerSecond, concurrentRequests: config.concurrentRequests },
  });
  registerIngestion(app, { eventStore: stores.eventStore, clock: Date.now, newId: createEventIds() });
  registerQuery(app, {
    readModel: ownReadModel(stores.readModel, stores.projector),
    feed: stores.feed,
    progress: progressOf(stores),
    methods: [defaultMethod, ...methods],
    projections: () => [projectionStatus(stores)],
    logger,
  });
  registerOperating(app, {
    checks: () => readinessChecks(stores),
    openApi: createOpenApiDocument({ version, endpoints }),
  });
  registerGauges(app.kit.registry, stores);
  return app;
};

/** Whether the address can be listened on, before anything is made that a start that fails would leave behind. */
const probe = async ({ host, port, eventStore: { file } }: Config): Promise<void> => {
  const server = createServer();
  try {
    await once(server.listen({ host, port }), 'listening');
  } catch (cause) {
    if (isTaken(cause) && isSqliteEventStoreInUse({ path: file })) throw runsAlreadyError(cause, { host, port }, file);
    throw listenError(cause, host, port);
  }
  server.close();
  await once(server, 'close');
};

const listen = async (
  app: HttpApp,
  { host, port }: Config,
): Promise<{ readonly address: string; readonly port: number }> => {
  try {
    const address = await app.listen({ host, port });
    return { address, port: (app.server.address() as AddressInfo).port };
  } catch (cause) {
    throw listenError(cause, host, port);
  }
};

/** Far more than a few examples need. */
const seedVisibleMs = 30_000;

/**
 * Starts all of it: stores, projector, HTTP. An empty event store is given the configured examples first.
 *
 * @throws TokenFileError, MethodFilesError, GivenError, StartError, or the error of the store that could not be opened; nothing is left open then.
 */
export const startStandalone = async (config: Config, { logger }: StandaloneOptions): Promise<Standalone> => {
  const { tokens, methods } = readGivenFiles(config);
  await probe(config);
  // Known to this process alone, for the examples.
  const ownKey = randomUUID();
  const own = tokens === null ? null : newToken('stance-examples', ['write']);
  const closing = new AsyncDisposableStack();
  try {
    const stores = await openStores(config, logger, closing);
    const allTokens = own === null || tokens === null ? null : [...tokens, own.entry];
    const app = createApp(config, { ownKey, tokens: allTokens, methods }, stores, logger);
    closing.defer(async () => {
      const { cutOff } = await app.kit.stop(config.stopSeconds * 1000);
      if (cutOff > 0) logger.warn({ cutOff }, 'calls were cut off at the deadline of the stop');
    });
    await app.ready();
    const seeded = (await lacksExamples(stores.eventStore))
      ? await loadSeed(app, config.seed, { ownKey, token: own?.token ?? null })
      : [];
    // Who asks as soon as there is an address, shall find them.
    const last = seeded.at(-1)?.position ?? 0;
    await stores.projector.whenPassed(last, { timeout: seedVisibleMs });
    const { address, port } = await listen(app, config);
    let stopped: Promise<void> | null = null;
    return {
      address,
      port,
      seeded,
      status: () => ({ head: stores.head(), projection: projectionStatus(stores) }),
      whenPassed: (position, options) => stores.projector.whenPassed(position, options),
      stop: () => {
        stopped ??= closing.disposeAsync();
        return stopped;
      },
    };
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
};
