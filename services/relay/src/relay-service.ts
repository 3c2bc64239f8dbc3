import type { Config } from '@stance/config';
import { processEndpoints } from '@stance/contracts';
import type { Readiness } from '@stance/contracts';
import { openKafkaDistribution } from '@stance/distribution/kafka';
import { openPostgresRelayState } from '@stance/relay-state/postgres';
import { createServiceApp, probeAddress, readGivenFiles, registerGauges, startServing } from '@stance/service';
import type { GaugeOf, Serving } from '@stance/service';
import { openEventStore } from '@stance/stores';
import type { Logger } from 'pino';

import type { Relay } from './leased.ts';
import { startRelay } from './relay.ts';
import type { RelayStatus } from './status.ts';

/** Standing by it is ready: to take over. */
const readiness = ({ state, position, head, fault }: RelayStatus): Readiness['checks'] => {
  const where = state === 'standing-by' ? '' : `, at position ${String(position)} of ${String(head)}`;
  return { relay: { ok: fault === null, detail: `${state}${where}${fault === null ? '' : `: ${fault.message}`}` } };
};

const gauges = ({ status }: Pick<Relay, 'status'>): readonly GaugeOf[] => [
  { name: 'stance_relay_position', help: 'The position up to which events were sent.', read: () => status().position },
  { name: 'stance_relay_events', help: 'How many events the log has up to there.', read: () => status().count },
  {
    name: 'stance_relay_lag_events',
    help: 'How many events are still to be sent, where that is known.',
    read: () => status().lagEvents,
  },
  {
    name: 'stance_relay_lag_seconds',
    help: 'How old the first event is that is still to be sent.',
    read: () => status().lagSeconds,
  },
  { name: 'stance_relay_batches', help: 'How many sends went well.', read: () => status().batches },
  { name: 'stance_relay_resends', help: 'How often a send was tried again.', read: () => status().resends },
  { name: 'stance_relay_epoch', help: 'The number of its lease, while it has it.', read: () => status().epoch },
];

/**
 * The relay as a service of its own, of which there may be several: one has the lease, the others stand by.
 *
 * @throws TokenFileError, StartError, or the error of the store, the broker or the database that could not be opened; nothing is left open then.
 */
export const startRelayService = async (config: Config, { logger }: { readonly logger: Logger }): Promise<Serving> => {
  const { broker, readModel } = config;
  if (broker === null || readModel.kind !== 'postgres') throw new TypeError('the configuration is not one of a relay');
  const { tokens } = readGivenFiles(config);
  await probeAddress(config);
  return startServing({ config, logger }, async (closing) => {
    const source = await openEventStore(config.eventStore);
    closing.defer(() => source.close());
    const state = await openPostgresRelayState({ url: readModel.url });
    closing.defer(() => state.close());
    const distribution = await openKafkaDistribution({ url: broker.url, clientId: 'stance-relay' });
    const writer = distribution.createWriter();
    closing.defer(() => writer.close());
    const relay = startRelay({ source, writer, state, logger });
    closing.defer(() => relay.stop());
    const app = createServiceApp({
      config,
      tokens,
      logger,
      endpoints: processEndpoints,
      checks: () => readiness(relay.status()),
    });
    registerGauges(app.kit.registry, gauges(relay));
    return { app };
  });
};
