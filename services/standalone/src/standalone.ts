import { randomUUID } from 'node:crypto';

import type { Config } from '@stance/config';
import { endpoints } from '@stance/contracts';
import type { ProjectionStatus } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import type { Method } from '@stance/domain';
import { createEventIds } from '@stance/event-store';
import type { WaitOptions } from '@stance/event-store';
import { isSqliteEventStoreInUse } from '@stance/event-store/sqlite';
import { newToken } from '@stance/http';
import type { HttpApp, Token } from '@stance/http';
import { registerIngestion } from '@stance/ingestion';
import { ProjectionError } from '@stance/projection';
import { projectionGauges, projectionStatus, registerParkedCommands, registerVersionCommands } from '@stance/projector';
import { createLogId, registerQuery } from '@stance/query';
import type { Progress } from '@stance/query';
import {
  createServiceApp,
  isTaken,
  probeAddress,
  readGivenFiles,
  registerGauges,
  runsAlreadyError,
  startServing,
} from '@stance/service';
import { readPage } from '@stance/web';
import { registerWebhooks, webhookGauges } from '@stance/webhook-service';
import type { Logger } from 'pino';

import { readinessChecks } from './operating.ts';
import { loadSeed, lacksExamples } from './seed.ts';
import type { Seeded } from './seed.ts';
import { ownReadModel } from './own-read-model.ts';
import { openStores } from './stores.ts';
import type { Stores } from './stores.ts';

export interface StandaloneOptions {
  readonly logger: Logger;
}

export interface StandaloneStatus {
  /** The position of the last durable event. */
  readonly head: number;
  readonly projection: ProjectionStatus;
}

/** The services, running in this process. */
export interface Standalone {
  /** Where it listens: `http://127.0.0.1:4000`. */
  readonly address: string;
  readonly port: number;
  /** The examples that were loaded at this start. */
  readonly seeded: readonly Seeded[];
  status(): StandaloneStatus;
  /** Resolves once the read model has passed a position. @throws ProjectionError `not-caught-up` after `timeout` ms. */
  whenPassed(position: number, options?: WaitOptions): Promise<void>;
  /** The same for all that was durable when it was called. */
  whenCaughtUp(options?: WaitOptions): Promise<void>;
  /** Resolves once the feed says what the read model has as of a position. @throws as `whenPassed` does. */
  whenPublished(position: number, options?: WaitOptions): Promise<void>;
  /**
   * Takes no more calls, lets those under way finish within the configured time, then closes everything. Later calls
   * wait for the same stop.
   */
  stop(): Promise<void>;
}

const progressOf = ({ projector, eventStore, head, headAtStart }: Stores): Progress => ({
  head,
  headAtStart,
  logId: createLogId(eventStore),
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
  const app = createServiceApp({
    config,
    tokens,
    logger,
    ownKey,
    endpoints,
    checks: () => readinessChecks(stores),
    page: readPage(),
  });
  registerIngestion(app, { eventStore: stores.eventStore, clock: Date.now, newId: createEventIds() });
  registerQuery(app, {
    readModel: ownReadModel(stores.readModel, stores.projector),
    feed: stores.feed,
    progress: progressOf(stores),
    methods: [defaultMethod, ...methods],
    projections: () => [projectionStatus(stores.projector.status())],
    onNews: (listener) => stores.projector.onProgress(listener),
    logger,
  });
  registerParkedCommands(app, stores);
  registerVersionCommands(app, stores);
  registerWebhooks(app, stores.webhooks);
  registerGauges(app.kit.registry, [
    { name: 'stance_event_store_position', help: 'The position of the last durable event.', read: stores.head },
    ...projectionGauges(stores.projector),
    ...webhookGauges(stores.webhooks.deliveries),
  ]);
  return app;
};

/** Why the port cannot be had where this very service has it already. */
const runsAlready =
  ({ host, port, eventStore }: Config) =>
  (cause: unknown): Error | null =>
    isTaken(cause) && eventStore.kind === 'sqlite' && isSqliteEventStoreInUse({ path: eventStore.file })
      ? runsAlreadyError(cause, { host, port }, eventStore.file)
      : null;

/** Far more than a few examples need. */
const seedVisibleMs = 30_000;

/**
 * Starts all of it: stores, projector, HTTP. An empty event store is given the configured examples first.
 *
 * @throws TokenFileError, MethodFilesError, GivenError, StartError, or the error of the store that could not be opened; nothing is left open then.
 */
export const startStandalone = async (config: Config, { logger }: StandaloneOptions): Promise<Standalone> => {
  const { tokens, methods } = readGivenFiles(config);
  await probeAddress(config, runsAlready(config));
  // Known to this process alone, for the examples.
  const ownKey = randomUUID();
  const own = tokens === null ? null : newToken('stance-examples', ['write']);
  let seeded: readonly Seeded[] = [];
  const { opened, address, port, stop } = await startServing(
    { config, logger },
    async (closing) => {
      const stores = await openStores(config, logger, closing);
      const allTokens = own === null || tokens === null ? null : [...tokens, own.entry];
      return { ...stores, app: createApp(config, { ownKey, tokens: allTokens, methods }, stores, logger) };
    },
    async ({ app, eventStore, projector }) => {
      if (await lacksExamples(eventStore)) {
        seeded = await loadSeed(app, config.seed, { ownKey, token: own?.token ?? null });
      }
      // Who asks or follows as soon as there is an address, shall find them.
      await projector.whenPublished(seeded.at(-1)?.position ?? 0, { timeout: seedVisibleMs });
    },
  );
  return {
    address,
    port,
    seeded,
    status: () => ({ head: opened.head(), projection: projectionStatus(opened.projector.status()) }),
    whenPassed: (position, options) => opened.projector.whenPassed(position, options),
    whenCaughtUp: (options) => opened.projector.whenPassed(opened.head(), options),
    whenPublished: (position, options) => opened.projector.whenPublished(position, options),
    stop,
  };
};
