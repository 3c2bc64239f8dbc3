import type { Config } from '@stance/config';
import { processEndpoints, queryEndpoints } from '@stance/contracts';
import type { ProjectionStatus, Readiness } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import type { ReadModel } from '@stance/read-model';
import {
  checked,
  createLag,
  createServiceApp,
  probeAddress,
  readGivenFiles,
  registerGauges,
  startServing,
  whenMade,
} from '@stance/service';
import type { Lag, Serving, StartOptions } from '@stance/service';
import { countsPositions, openEventStore, openFeedReader, openReadModel } from '@stance/stores';
import { readPage } from '@stance/web';

import { createLogId } from './log-id.ts';
import { createReadModelProgress } from './read-model-progress.ts';
import type { ReadModelProgress } from './read-model-progress.ts';
import { registerQuery } from './register-query.ts';

/** The projection as it can be told from what it has written. */
const statusOf = (readModel: ReadModel, lag: Lag, counted: boolean): Promise<ProjectionStatus> =>
  readModel.read(async (snapshot) => {
    const { position } = snapshot.checkpoint;
    const { head, seconds } = lag.at(snapshot.checkpoint);
    return {
      name: defaultMethod.name,
      version: defaultMethod.version,
      state: position >= head ? 'live' : 'catching-up',
      position,
      published: null,
      lag: { events: position >= head ? 0 : counted ? head - position : null, seconds },
      parked: await snapshot.parkedStreams(),
    };
  });

/** Until the read model is where the log was at the start, it would answer of long ago. */
const readiness = async (
  progress: ReadModelProgress,
  eventStore: { head(): Promise<number> },
): Promise<Readiness['checks']> => {
  const fault = progress.fault();
  const position = progress.position();
  return {
    eventStore: await checked(eventStore.head()),
    readModel: fault === null ? { ok: true } : { ok: false, detail: fault.message },
    projection: {
      ok: position >= progress.headAtStart,
      detail: `at position ${String(position)}, and at the start the log ended at ${String(progress.headAtStart)}`,
    },
  };
};

/**
 * Query as a service of its own, in as many processes as wanted. Where read model and feed are not made yet, it waits for
 * the projector to do it.
 *
 * @throws TokenFileError, MethodFilesError, GivenError, StartError, the error of the store that could not be opened, or the
 *   reason of `stopping`; nothing is left open then.
 */
export const startQueryService = async (config: Config, options: StartOptions): Promise<Serving> => {
  const { logger } = options;
  const { tokens, methods } = readGivenFiles(config);
  await probeAddress(config);
  return startServing({ config, logger }, async (closing) => {
    const eventStore = await openEventStore(config.eventStore);
    closing.defer(() => eventStore.close());
    const readModel = await whenMade(() => openReadModel(config.readModel), options);
    closing.defer(async () => readModel.close());
    const feed = await whenMade(() => openFeedReader(config.feedStore), options);
    closing.defer(() => feed.close());
    const log = {
      logId: createLogId(eventStore),
      head: () => eventStore.head(),
      headAt: (instant: number) => eventStore.headAt(instant),
    };
    const progress = await createReadModelProgress({ readModel, log });
    closing.defer(async () => progress.stop());
    const lag = createLag(progress.headAtStart, progress.seen);
    const endHead = eventStore.onHead(lag.headAt);
    closing.defer(async () => endHead());
    const app = createServiceApp({
      config,
      tokens,
      logger,
      endpoints: [...queryEndpoints, ...processEndpoints],
      checks: () => readiness(progress, eventStore),
      page: readPage(),
    });
    registerQuery(app, {
      readModel,
      feed,
      progress,
      methods: [defaultMethod, ...methods],
      projections: async () => [await statusOf(readModel, lag, countsPositions(config.eventStore))],
      logger,
    });
    registerGauges(app.kit.registry, [
      {
        name: 'stance_projection_position',
        help: 'The position that the read model has passed.',
        read: progress.position,
      },
      {
        name: 'stance_projection_lag_seconds',
        help: 'For how long the read model has been behind.',
        read: () => lag.at(progress.seen()).seconds,
      },
    ]);
    return { app };
  });
};
