import type { Config } from '@stance/config';
import { processEndpoints } from '@stance/contracts';
import type { Readiness } from '@stance/contracts';
import { openKafkaDistribution, openKafkaFeedTopics } from '@stance/distribution/kafka';
import { openPostgresFeedRelayState, openPostgresRelayState } from '@stance/relay-state/postgres';
import { createServiceApp, probeAddress, readGivenFiles, registerGauges, startServing } from '@stance/service';
import type { GaugeOf, Serving } from '@stance/service';
import { openEventStore, openFeedReader } from '@stance/stores';
import type { Logger } from 'pino';

import { startFeedRelay } from './feed/feed-relay.ts';
import type { Relay } from './leased.ts';
import type { RelayFault } from './persistence.ts';
import { startRelay } from './relay.ts';
import type { RelayStatus } from './status.ts';

/** That the feed is not there yet is no trouble of the relay: the first projector makes it. */
const isTrouble = (fault: RelayFault | null): boolean => fault !== null && fault.code !== 'feed-missing';

/** Standing by it is ready: to take over. */
const checkOf = ({ state, position, head, fault }: RelayStatus): Readiness['checks'][string] => {
  const where = state === 'standing-by' ? '' : `, at position ${String(position)} of ${String(head)}`;
  return { ok: !isTrouble(fault), detail: `${state}${where}${fault === null ? '' : `: ${fault.message}`}` };
};

interface Gauged {
  /** Where the names of its gauges begin. */
  readonly prefix: `stance_${string}`;
  /** What it relays, and from where. */
  readonly items: string;
  readonly from: string;
  readonly relay: Pick<Relay, 'status'>;
}

const gauges = ({ prefix, items, from, relay: { status } }: Gauged): readonly GaugeOf[] => [
  { name: `${prefix}_position`, help: `The position up to which ${items} were sent.`, read: () => status().position },
  { name: `${prefix}_${items}`, help: `How many ${items} ${from} has up to there.`, read: () => status().count },
  {
    name: `${prefix}_lag_${items}`,
    help: `How many ${items} are still to be sent, where that is known.`,
    read: () => status().lagEvents,
  },
  {
    name: `${prefix}_lag_seconds`,
    help: `How old the first of the ${items} is that are still to be sent.`,
    read: () => status().lagSeconds,
  },
  { name: `${prefix}_batches`, help: `How many sends of ${items} went well.`, read: () => status().batches },
  { name: `${prefix}_resends`, help: `How often a send of ${items} was tried again.`, read: () => status().resends },
  {
    name: `${prefix}_epoch`,
    help: `The number of its lease to send ${items}, while it has it.`,
    read: () => status().epoch,
  },
];

/**
 * The relay as a service of its own, of which there may be several. It relays the events of the log, and what was published
 * of changes, each under a lease of its own: one of several has it, the others stand by.
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
    const feedState = await openPostgresFeedRelayState({ url: readModel.url });
    closing.defer(() => feedState.close());
    const topics = await openKafkaFeedTopics({ url: broker.url, clientId: 'stance-relay' });
    const feedWriter = topics.createWriter();
    closing.defer(() => feedWriter.close());
    const relay = startRelay({ source, writer, state, logger });
    const feedRelay = startFeedRelay({
      openFeed: () => openFeedReader(config.feedStore),
      topics: feedWriter,
      state: feedState,
      logger,
    });
    closing.defer(async () => {
      await Promise.all([relay.stop(), feedRelay.stop()]);
    });
    const app = createServiceApp({
      config,
      tokens,
      logger,
      endpoints: processEndpoints,
      checks: () => ({ relay: checkOf(relay.status()), changes: checkOf(feedRelay.status()) }),
    });
    registerGauges(app.kit.registry, [
      ...gauges({ prefix: 'stance_relay', items: 'events', from: 'the log', relay }),
      ...gauges({ prefix: 'stance_changes_relay', items: 'entries', from: 'the feed', relay: feedRelay }),
    ]);
    return { app };
  });
};
