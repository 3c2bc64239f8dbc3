export { openSqliteWebhookStore } from './webhook-store.ts';
