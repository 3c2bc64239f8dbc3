import { resolve } from 'node:path';

import type { ConfigFault } from './config-error.ts';
import type { BrokerLocation, EventStoreLocation, ReadModelLocation, SqliteStore } from './store-url.ts';
import { variables } from './variables.ts';

/**
 * The processes that there are. `standalone` runs ingestion, projector and query in one; `command` works on the stores beside
 * whichever services run, and needs no more of the configuration than where they are.
 */
export type ServiceName = 'standalone' | 'ingestion' | 'relay' | 'projector' | 'query' | 'webhooks' | 'command';

export interface Locations {
  readonly eventStore: EventStoreLocation;
  readonly readModel: ReadModelLocation;
  readonly feedStore: ReadModelLocation;
  readonly webhookStore: ReadModelLocation;
  readonly broker: BrokerLocation | null;
}

const apart = 'services that run apart share their stores over the network';

/** Two stores in one file would destroy each other. */
const sharedFiles = ({ eventStore, readModel, feedStore, webhookStore }: Locations): ConfigFault[] => {
  const stores: readonly (readonly [string, EventStoreLocation | ReadModelLocation])[] = [
    [variables.eventStore.name, eventStore],
    [variables.readModel.name, readModel],
    [variables.feedStore.name, feedStore],
    [variables.webhookStore.name, webhookStore],
  ];
  const files = stores.filter((store): store is readonly [string, SqliteStore] => store[1].kind === 'sqlite');
  const owners = new Map<string, string>();
  const faults: ConfigFault[] = [];
  for (const [variable, store] of files) {
    const file = resolve(store.file);
    const owner = owners.get(file);
    if (owner !== undefined) faults.push({ variable, message: `${store.file} is already the file of ${owner}` });
    owners.set(file, variable);
  }
  return faults;
};

/** What of the stores and the broker does not go together, or not with this service. */
export const misfits = (service: ServiceName, locations: Locations): ConfigFault[] => {
  const { eventStore, readModel, feedStore, webhookStore, broker } = locations;
  const faults = sharedFiles(locations);
  if (service === 'command') return faults;
  const refuse = (variable: string, message: string): void => void faults.push({ variable, message });
  if (service === 'standalone') {
    if (broker !== null) {
      const why =
        'the process that runs all services follows the event store directly: leave it out, or run them apart';
      refuse(variables.broker.name, why);
    }
    return faults;
  }
  // Webhooks look at what is published alone.
  if (eventStore.kind !== 'esdb' && service !== 'webhooks') {
    refuse(variables.eventStore.name, `${apart}: write esdb://user:password@host:2113`);
  }
  // It has no other store than that.
  if (service === 'ingestion') return faults;
  if (readModel.kind !== 'postgres') {
    refuse(variables.readModel.name, `${apart}: write postgres://user:password@host:5432/database`);
  } else if (feedStore.kind !== 'postgres') {
    refuse(variables.feedStore.name, `${apart}: leave it out, or write postgres://user:password@host:5432/database`);
  }
  if (service === 'webhooks' && readModel.kind === 'postgres' && webhookStore.kind !== 'postgres') {
    refuse(variables.webhookStore.name, `${apart}: leave it out, or write postgres://user:password@host:5432/database`);
  }
  if (service === 'relay' && broker === null) {
    refuse(variables.broker.name, 'the relay has nowhere to send to: write kafka://host:9092');
  }
  return faults;
};
