import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Config } from '@stance/config';
import type { EventStore } from '@stance/event-store';
import type { FeedReader } from '@stance/feed';
import { startProjector } from '@stance/projector';
import type { Projector } from '@stance/projector';
import type { ReadModel } from '@stance/read-model';
import { folderError } from '@stance/service';
import { openEventStore, openFeedReader, openReadModel } from '@stance/stores';
import { openWebhooks } from '@stance/webhook-service';
import type { WebhookParts } from '@stance/webhook-service';
import type { Logger } from 'pino';

/** What the services work on, open, with the projector on its way. */
export interface Stores {
  readonly eventStore: EventStore;
  /** The position of the last durable event, as this process knows it. */
  readonly head: () => number;
  readonly headAtStart: number;
  readonly projector: Projector;
  readonly readModel: ReadModel;
  readonly feed: FeedReader;
  readonly webhooks: WebhookParts;
}

const makeFolders = async (config: Config): Promise<void> => {
  const stores = [
    [config.eventStore, 'STANCE_EVENT_STORE_URL'],
    [config.readModel, 'STANCE_READ_MODEL_URL'],
    [config.feedStore, 'STANCE_FEED_STORE_URL'],
    [config.webhookStore, 'STANCE_WEBHOOKS_URL'],
  ] as const;
  for (const [store, variable] of stores) {
    if (store.kind !== 'sqlite') continue;
    const folder = dirname(store.file);
    await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
      throw folderError(cause, folder, variable);
    });
  }
};

/**
 * Opens everything, each before what needs it; `closing` gets what closes it again, to be run in reverse order.
 *
 * @throws StartError, EventStoreError, ProjectorError, ReadModelError, FeedError or WebhookError.
 */
export const openStores = async (config: Config, logger: Logger, closing: AsyncDisposableStack): Promise<Stores> => {
  await makeFolders(config);

  const eventStore = await openEventStore(config.eventStore);
  closing.defer(() => eventStore.close());
  const headAtStart = await eventStore.head();
  let head = headAtStart;

  const projector = await startProjector({ ...config, logger: logger.child({ part: 'projector' }) });
  closing.defer(() => projector.stop());
  projector.notifyHead(head);
  eventStore.onHead((next) => {
    head = next;
    projector.notifyHead(next);
  });

  const readModel = await openReadModel(config.readModel);
  closing.defer(async () => readModel.close());
  const feed = await openFeedReader(config.feedStore);
  closing.defer(() => feed.close());
  const webhooks = await openWebhooks(
    // The feed has one writer, which is of this process.
    { config, feed, readModel, logger: logger.child({ part: 'webhooks' }), owner: 'standalone' },
    closing,
  );
  projector.onProgress(() => webhooks.deliveries.notify());
  return { eventStore, head: () => head, headAtStart, projector, readModel, feed, webhooks };
};
