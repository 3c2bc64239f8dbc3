export { openPostgresWebhookStore } from './webhook-store.ts';
export type { PostgresWebhooksOptions } from './webhook-store.ts';
