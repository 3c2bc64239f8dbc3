import type { Config } from '@stance/config';
import { processEndpoints, writingEndpoints } from '@stance/contracts';
import { createEventIds } from '@stance/event-store';
import { checked, createServiceApp, probeAddress, readGivenFiles, startServing } from '@stance/service';
import type { Serving } from '@stance/service';
import { openEventStore } from '@stance/stores';
import type { Logger } from 'pino';

import { registerIngestion } from './register-ingestion.ts';

/**
 * Ingestion as a service of its own, in as many processes as wanted.
 *
 * @throws TokenFileError, StartError, or EventStoreError where the event store could not be opened; nothing is left open then.
 */
export const startIngestionService = async (
  config: Config,
  { logger }: { readonly logger: Logger },
): Promise<Serving> => {
  const { tokens } = readGivenFiles(config);
  await probeAddress(config);
  return startServing({ config, logger }, async (closing) => {
    const eventStore = await openEventStore(config.eventStore);
    closing.defer(() => eventStore.close());
    const app = createServiceApp({
      config,
      tokens,
      logger,
      endpoints: [...writingEndpoints, ...processEndpoints],
      checks: async () => ({ eventStore: await checked(eventStore.head()) }),
    });
    registerIngestion(app, { eventStore, clock: Date.now, newId: createEventIds() });
    return { app };
  });
};
