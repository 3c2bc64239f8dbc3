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
  // Of two that were heard the second would answer something else: a secret that is told once, or that nothing is there.
  const command =
    <Answer>(method: 'POST' | 'DELETE', pathOf: (id: string, message: string) => string) =>
    async (id: string, message: string, options?: CallOptions): Promise<Answer> =>
      transport.json({ method, path: pathOf(id, message), idempotent: false, ...options });
  const one =
    <Answer>(method: 'POST' | 'DELETE', pathOf: (id: string) => string) =>
    async (id: string, options?: CallOptions): Promise<Answer> =>
      command<Answer>(method, pathOf)(id, '', options);
  const say =
    <Answer>(method: 'PUT' | 'POST', pathOf: (id: string) => string) =>
    async (id: string, body: object, options?: CallOptions): Promise<Answer> =>
      write(transport, { method, path: pathOf(id), body, idempotent: false, ...options });
  const at = (id: string): string => path`/v1/webhooks/${id}`;
  const deadLetters = (id: string): string => `${at(id)}/dead-letters`;
  const get: Webhooks['get'] = async (id, options) => read(transport, at(id), {}, options);

  return {
    list: async (options) => read(transport, '/v1/webhooks', {}, options),
    get,
    put: say('PUT', at),
    remove: one('DELETE', at),
    rotate: one('POST', (id) => `${at(id)}/rotate`),
    replay: say('POST', (id) => `${at(id)}/replay`),
    ping: one('POST', (id) => `${at(id)}/ping`),
    whenTold: async (id, options) => {
      for (;;) {
        const webhook = await get(id, options);
        if (webhook.behind === 0 && webhook.pending === 0) return webhook;
        await delay(look, transport.until(options?.signal));
      }
    },
    deadLetters: async (id, options) => read(transport, deadLetters(id), {}, options),
    retry: command('POST', (id, message) => `${deadLetters(id)}${path`/${message}`}/retry`),
    discard: command('DELETE', (id, message) => `${deadLetters(id)}${path`/${message}`}`),
  };
};
