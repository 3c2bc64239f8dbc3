import { randomBytes } from 'node:crypto';

import { Webhook } from 'standardwebhooks';

/** What a secret begins with: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const prefix = 'whsec_';
/** From 24 to 64 bytes, says the specification. */
const keyBytes = 32;

/** A new secret of an endpoint: `whsec_` and a random key in base64. */
export const newSecret = (): string => prefix + randomBytes(keyBytes).toString('base64');

export interface Signed {
  readonly 'webhook-id': string;
  /** Seconds since the epoch. */
  readonly 'webhook-timestamp': string;
  /** One signature for each secret, separated by blanks. */
  readonly 'webhook-signature': string;
}

/**
 * The headers by which the receiver knows that a message is ours, and how old this try is.
 *
 * @param secrets the present one, and the one before it while that still counts.
 * @param at in milliseconds since the epoch.
 */
export const signed = (
  { id, body }: { readonly id: string; readonly body: string },
  secrets: readonly string[],
  at: number,
): Signed => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at / 1000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, new Date(at), body)).join(' '),
});
