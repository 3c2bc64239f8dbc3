import type { Config } from '@stance/config';
import type { ReadOnFeed } from '@stance/feed';
import { knownMerges } from '@stance/read-model';
import type { ReadModel } from '@stance/read-model';
import { version } from '@stance/service';
import type { GaugeOf } from '@stance/service';
import { openWebhookStore } from '@stance/stores';
import { createAddressRules, createRetrySchedule, createSender, usualDelays } from '@stance/webhooks';
import type { Logger } from 'pino';

import { startDeliveries } from './deliveries/deliveries.ts';
import type { Deliveries } from './deliveries/deliveries.ts';
import type { WebhookCallsOptions } from './register-webhooks.ts';

export interface WebhookPartsOptions {
  readonly config: Pick<Config, 'webhookStore' | 'webhooksAllowed'>;
  readonly feed: ReadOnFeed;
  readonly readModel: Pick<ReadModel, 'read'>;
  readonly logger: Logger;
  /** Of a process that is the only one: it goes on at once with what the one before it had. */
  readonly owner?: string;
}

/** What webhooks need, open and at work. */
export interface WebhookParts extends WebhookCallsOptions {
  readonly deliveries: Deliveries;
}

/**
 * Opens the store of webhooks and starts telling endpoints; `closing` gets what ends it again.
 *
 * @throws WebhookError as the adapter of the store says.
 */
export const openWebhooks = async (
  options: WebhookPartsOptions,
  closing: AsyncDisposableStack,
): Promise<WebhookParts> => {
  const { config, feed, readModel, logger } = options;
  const rules = createAddressRules(config.webhooksAllowed);
  const store = await openWebhookStore(config.webhookStore);
  closing.defer(() => store.close());
  const sender = createSender({ rules, userAgent: `stance-tracker/${version}` });
  closing.defer(() => {
    sender.close();
  });
  const deliveries = startDeliveries({
    store,
    sender,
    feed,
    merges: () => knownMerges(readModel),
    schedule: createRetrySchedule(usualDelays, Math.random),
    logger,
    ...(options.owner === undefined ? {} : { owner: options.owner }),
  });
  closing.defer(() => deliveries.stop());
  return { store, sender, rules, feed, readModel, deliveries };
};

export const webhookGauges = ({ status }: Pick<Deliveries, 'status'>): readonly GaugeOf[] => [
  { name: 'stance_webhooks', help: 'How many webhooks there are.', read: () => status().endpoints },
  {
    name: 'stance_webhook_messages_pending',
    help: 'How many messages wait for another try.',
    read: () => status().pending,
  },
  { name: 'stance_webhook_messages_dead', help: 'How many messages were given up.', read: () => status().dead },
  {
    name: 'stance_webhook_tries_delivered',
    help: 'How many tries of this process went well.',
    read: () => status().delivered,
  },
  { name: 'stance_webhook_tries_failed', help: 'How many tries of this process failed.', read: () => status().failed },
];
