import { path } from '../call/query-string.ts';
import { delay } from '../call/retry.ts';
import type { Transport } from '../call/transport.ts';
import { write, type CallOptions } from '../call/write.ts';
import type {
  DeadLetterList,
  Pinged,
  WebhookAnswer,
  WebhookList,
  WebhookPut,
  WebhookRotated,
} from '../contract/answer.ts';
import type { WebhookInput, WebhookReplayInput } from '../contract/input.ts';
import { read } from '../pages.ts';

/** Endpoints that are told of changes. */
export interface Webhooks {
  list(options?: CallOptions): Promise<WebhookList>;
  get(id: string, options?: CallOptions): Promise<WebhookAnswer>;
  /** Says what an endpoint is, in place of all that was said of it before. A new one is answered with its secret. */
  put(id: string, input: WebhookInput, options?: CallOptions): Promise<WebhookPut>;
  /** Tells it nothing any more. */
  remove(id: string, options?: CallOptions): Promise<WebhookAnswer>;
  /** Gives it another secret; for a day it is signed by both. */
  rotate(id: string, options?: CallOptions): Promise<WebhookRotated>;
  /** Tells it again what follows a position of the feed. */
  replay(id: string, input: WebhookReplayInput, options?: CallOptions): Promise<WebhookAnswer>;
  /** Sends it a message that says nothing. */
  ping(id: string, options?: CallOptions): Promise<Pinged>;
  /** Resolves once it was told all that there is, and nothing waits. It waits as long as that takes: a signal ends it. */
  whenTold(id: string, options?: CallOptions): Promise<WebhookAnswer>;
  /** What was given up. */
  deadLetters(id: string, options?: CallOptions): Promise<DeadLetterList>;
  /** Has a dead letter tried again. */
  retry(id: string, message: string, options?: CallOptions): Promise<WebhookAnswer>;
  /** Forgets a dead letter. */
  discard(id: string, message: string, options?: CallOptions): Promise<WebhookAnswer>;
}

/** How often it is looked how far an endpoint is, in milliseconds. */
const look = 50;

export const createWebhooks = (transport: Transport): Webhooks => {
  const get: Webhooks['get'] = async (id, options) => read(transport, path`/v1/webhooks/${id}`, {}, options);
  return {
    list: async (options) => read(transport, '/v1/webhooks', {}, options),
    get,
    // Of two that were heard only the first would be answered with the secret.
    put: async (id, body, options) =>
      write(transport, { method: 'PUT', path: path`/v1/webhooks/${id}`, body, idempotent: false, ...options }),
    remove: async (id, options) =>
      transport.json({ method: 'DELETE', path: path`/v1/webhooks/${id}`, idempotent: false, ...options }),
    rotate: async (id, options) =>
      transport.json({ method: 'POST', path: path`/v1/webhooks/${id}/rotate`, idempotent: false, ...options }),
    replay: async (id, body, options) =>
      write(transport, { method: 'POST', path: path`/v1/webhooks/${id}/replay`, body, idempotent: false, ...options }),
    ping: async (id, options) =>
      transport.json({ method: 'POST', path: path`/v1/webhooks/${id}/ping`, idempotent: false, ...options }),
    whenTold: async (id, options) => {
      for (;;) {
        const webhook = await get(id, options);
        if (webhook.behind === 0 && webhook.pending === 0) return webhook;
        await delay(look, transport.until(options?.signal));
      }
    },
    deadLetters: async (id, options) => read(transport, path`/v1/webhooks/${id}/dead-letters`, {}, options),
    retry: async (id, message, options) =>
      transport.json({
        method: 'POST',
        path: path`/v1/webhooks/${id}/dead-letters/${message}/retry`,
        idempotent: false,
        ...options,
      }),
    discard: async (id, message, options) =>
      transport.json({
        method: 'DELETE',
        path: path`/v1/webhooks/${id}/dead-letters/${message}`,
        idempotent: false,
        ...options,
      }),
  };
};
