import type { ReadModelLocation } from '@stance/config';
import type { WebhookStore } from '@stance/webhooks';

/** @throws WebhookError as the adapter says. */
export const openWebhookStore = async (location: ReadModelLocation): Promise<WebhookStore> =>
  location.kind === 'sqlite'
    ? (await import('@stance/webhooks/sqlite')).openSqliteWebhookStore({ path: location.file })
    : (await import('@stance/webhooks/postgres')).openPostgresWebhookStore({ url: location.url });
