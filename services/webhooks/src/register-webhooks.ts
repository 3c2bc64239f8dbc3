import { randomUUID } from 'node:crypto';

import {
  deleteDeadLetter,
  deleteWebhook,
  getWebhook,
  listDeadLetters,
  listWebhooks,
  postDeadLetterRetry,
  postWebhookPing,
  postWebhookReplay,
  postWebhookRotate,
  ProblemError,
  putWebhook,
} from '@stance/contracts';
import { FeedError, readOn } from '@stance/feed';
import type { FeedEntry, ReadOnFeed } from '@stance/feed';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';
import { knownMerges } from '@stance/read-model';
import type { ReadModel } from '@stance/read-model';
import { newSecret, WebhookError } from '@stance/webhooks';
import type { AddressRules, Sender, Webhook, WebhookFilter, WebhookPlace, WebhookStore } from '@stance/webhooks';

import { audienceOf } from './deliveries/audience.ts';
import type { Deliveries } from './deliveries/deliveries.ts';
import { pingMessage } from './deliveries/messages.ts';
import { secretsOf } from './deliveries/secrets.ts';
import { readDefinition } from './read-definition.ts';
import { deadLetterAnswer, webhookAnswer } from './webhook-answers.ts';
import type { FeedNow } from './webhook-answers.ts';

export interface WebhookCallsOptions {
  readonly store: WebhookStore;
  readonly deliveries: Pick<Deliveries, 'notify'>;
  readonly sender: Pick<Sender, 'send'>;
  readonly rules: AddressRules;
  readonly feed: ReadOnFeed;
  readonly readModel: Pick<ReadModel, 'read'>;
}

/** For so long, in milliseconds, messages are signed by the former secret as well. */
const bothSecrets = 24 * 3600 * 1000;
/** How many dead letters are answered at most. */
const mostDeadLetters = 1000;

/** Failures of the store and of the feed as the problems that clients see. */
const answering = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof WebhookError && cause.code === 'too-many-webhooks') {
      throw new ProblemError('too-many-webhooks', { detail: `${cause.message}.`, cause });
    }
    if (!(cause instanceof WebhookError) && !(cause instanceof FeedError)) throw cause;
    throw new ProblemError('webhooks-unavailable', {
      detail: `${cause.message}.`,
      ...(cause.retryable ? { headers: { 'retry-after': '1' } } : {}),
      cause,
    });
  }
};

const unknown = (id: string): ProblemError =>
  new ProblemError('unknown-webhook', { detail: `There is no webhook "${id}".` });

const required = <Found>(found: Found | null, id: string): Found => {
  if (found === null) throw unknown(id);
  return found;
};

/** Adds the calls about webhooks to the app of whoever delivers to them. */
export const registerWebhooks = (app: HttpApp, options: WebhookCallsOptions): void => {
  const { store, deliveries, sender, feed, readModel } = options;

  const feedNow = async (): Promise<FeedNow> => ({ epoch: await feed.epoch(), head: await feed.head() });
  const answerOf = async (webhook: Webhook) => webhookAnswer(webhook, await feedNow(), Date.now());
  const answered = async (webhook: Webhook) => ({ status: 200, body: await answerOf(webhook) });

  /** The entry at a position: `null` before the first, `undefined` where the feed does not come this far. */
  const entryAt = async (position: number): Promise<FeedEntry | null | undefined> =>
    position === 0 ? null : (await feed.readFeed({ after: position - 1, limit: 1 }))[0];

  /** The end of the feed, for who is told what follows it. */
  const endFor = async (filter: WebhookFilter): Promise<WebhookPlace> => {
    const entry = await entryAt(await feed.head());
    const merges = filter.holder === undefined ? null : await knownMerges(readModel);
    return {
      feed: await feed.epoch(),
      position: entry?.position ?? 0,
      recordedAt: entry?.recordedAt ?? 0,
      audience: audienceOf(filter, merges, null).name,
    };
  };

  registerEndpoint(app, listWebhooks, () =>
    answering(async () => {
      const now = await feedNow();
      return { status: 200, body: { items: (await store.list()).map((each) => webhookAnswer(each, now, Date.now())) } };
    }),
  );

  registerEndpoint(app, getWebhook, ({ params: { id } }) =>
    answering(async () => answered(required(await store.get(id), id))),
  );

  registerEndpoint(app, putWebhook, ({ params: { id }, body }) =>
    answering(async () => {
      const definition = await readDefinition(body, options);
      const fresh = { at: Date.now(), secret: newSecret(), place: await endFor(definition.filter) };
      const { webhook, isNew } = await store.put(id, definition, fresh);
      deliveries.notify();
      const answer = await answerOf(webhook);
      return isNew ? { status: 201, body: { ...answer, secret: webhook.secret } } : { status: 200, body: answer };
    }),
  );

  registerEndpoint(app, deleteWebhook, ({ params: { id } }) =>
    answering(async () => {
      const webhook = required(await store.get(id), id);
      if (!(await store.remove(id))) throw unknown(id);
      return answered(webhook);
    }),
  );

  registerEndpoint(app, postWebhookRotate, ({ params: { id } }) =>
    answering(async () => {
      const webhook = required(await store.rotate(id, newSecret(), Date.now() + bothSecrets), id);
      return { status: 200, body: { ...(await answerOf(webhook)), secret: webhook.secret } };
    }),
  );

  registerEndpoint(app, postWebhookReplay, ({ params: { id }, body: { after } }) =>
    answering(async () => {
      const { place } = required(await store.get(id), id);
      const refuse = (message: string): ProblemError =>
        new ProblemError('invalid-input', {
          detail: `The input is not valid: after: ${message}`,
          errors: [{ path: 'after', message }],
        });
      // Of another feed, it is told everything anew, and hears so.
      if ((await readOn(feed, place, 1)).kind === 'elsewhere') return answered(required(await store.get(id), id));
      const entry = await entryAt(after);
      if (entry === undefined) throw refuse(`the feed ends at position ${String(await feed.head())}`);
      const next = { ...place, position: after, recordedAt: entry?.recordedAt ?? 0 };
      const { webhook, isMoved } = required(await store.replay(id, next), id);
      if (!isMoved)
        throw refuse(`it was told up to position ${String(webhook.place.position)}, and is told the rest anyway`);
      deliveries.notify();
      return answered(webhook);
    }),
  );

  registerEndpoint(app, postWebhookPing, ({ params: { id }, signal }) =>
    answering(async () => {
      const webhook = required(await store.get(id), id);
      const at = Date.now();
      const begun = performance.now();
      const message = pingMessage(id, `ping.${randomUUID()}`, at);
      const result = await sender.send({ url: webhook.url, message, secrets: secretsOf(webhook, at), at, signal });
      const { status } = result;
      return {
        status: 200,
        body: {
          delivered: result.ok,
          ...(status === null ? {} : { status }),
          ...(result.ok ? {} : { message: result.message }),
          milliseconds: Math.round(performance.now() - begun),
        },
      };
    }),
  );

  registerEndpoint(app, listDeadLetters, ({ params: { id } }) =>
    answering(async () => {
      required(await store.get(id), id);
      const letters = await store.deadLetters(id, mostDeadLetters + 1);
      const items = letters.slice(0, mostDeadLetters).map(deadLetterAnswer);
      return { status: 200, body: { items, more: letters.length > items.length } };
    }),
  );

  const withDeadLetter =
    (change: (id: string, message: string) => Promise<boolean>) =>
    ({ params: { id, message } }: { readonly params: { readonly id: string; readonly message: string } }) =>
      answering(async () => {
        required(await store.get(id), id);
        if (!(await change(id, message))) {
          throw new ProblemError('unknown-dead-letter', { detail: `There is no dead letter "${message}" of ${id}.` });
        }
        deliveries.notify();
        return answered(required(await store.get(id), id));
      });
  registerEndpoint(
    app,
    postDeadLetterRetry,
    withDeadLetter((id, message) => store.retry(id, message, Date.now())),
  );
  registerEndpoint(
    app,
    deleteDeadLetter,
    withDeadLetter((id, message) => store.discard(id, message)),
  );
};
