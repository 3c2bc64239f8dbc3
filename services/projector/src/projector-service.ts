import type { Config } from '@stance/config';
import { getProjections, parkedCommandEndpoints, processEndpoints, versionEndpoints } from '@stance/contracts';
import type { Readiness } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import { createServiceApp, probeAddress, readGivenFiles, registerGauges, startServing } from '@stance/service';
import type { Serving } from '@stance/service';
import { openEventStore } from '@stance/stores';
import type { Logger } from 'pino';

import { registerParkedCommands } from './register-parked-commands.ts';
import { registerVersionCommands } from './register-version-commands.ts';
import { isProjecting, parkedDetail, projectionGauges, projectionStatus } from './projection-status.ts';
import { startProjector } from './projector.ts';
import type { ProjectorStatus } from './projector.ts';

/** Standing by it is ready: to take over. */
const readiness = (status: ProjectorStatus): Readiness['checks'] => {
  const { state, position, head, parkedStreams, fault } = status;
  const isAtWork = state === 'standing-by' || isProjecting(status);
  const where =
    state === 'standing-by' ? '' : `, at position ${String(position)} of ${String(head)}${parkedDetail(parkedStreams)}`;
  return {
    projection: {
      ok: isAtWork && fault === null,
      detail: `${state}${where}${fault === null ? '' : `: ${fault.message}`}`,
    },
  };
};

/**
 * The projector as a service of its own, of which there may be many: one projects, the others stand by. It answers how it is.
 *
 * @throws TokenFileError, StartError, or the error of the store or broker that could not be opened; nothing is left open then.
 */
export const startProjectorService = async (
  config: Config,
  { logger }: { readonly logger: Logger },
): Promise<Serving> => {
  const { tokens } = readGivenFiles(config);
  await probeAddress(config);
  return startServing({ config, logger }, async (closing) => {
    const projector = await startProjector({ ...config, standsBy: true, logger });
    closing.defer(() => projector.stop());
    const eventStore = await openEventStore(config.eventStore);
    closing.defer(() => eventStore.close());
    const endpoints = [...processEndpoints, getProjections, ...parkedCommandEndpoints, ...versionEndpoints];
    const app = createServiceApp({ config, tokens, logger, endpoints, checks: () => readiness(projector.status()) });
    registerEndpoint(app, getProjections, () => ({
      status: 200,
      body: { items: [projectionStatus(projector.status())] },
    }));
    registerParkedCommands(app, { projector, eventStore });
    registerVersionCommands(app, { projector });
    registerGauges(app.kit.registry, projectionGauges(projector));
    return { app };
  });
};
