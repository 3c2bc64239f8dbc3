export { describeWebhookStoreContract } from './webhook-store.ts';
export type { OpenedWebhookStore } from './webhook-store.ts';
