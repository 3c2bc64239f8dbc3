export { startDeliveries } from './deliveries/deliveries.ts';
export type { Deliveries, DeliveriesOptions, DeliveriesStatus, DeliveryLogger } from './deliveries/deliveries.ts';
export { registerWebhooks } from './register-webhooks.ts';
export type { WebhookCallsOptions } from './register-webhooks.ts';
export { openWebhooks, webhookGauges } from './webhook-parts.ts';
export type { WebhookParts, WebhookPartsOptions } from './webhook-parts.ts';
