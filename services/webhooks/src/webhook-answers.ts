import type { DeadLetter, WebhookAnswer } from '@stance/contracts';
import type { Delivery, DeliveryFailure, Webhook } from '@stance/webhooks';

import { isToldByItsFilter } from './deliveries/audience.ts';

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

const failureAnswer = ({ at, status, message }: DeliveryFailure) => ({
  at: instant(at),
  ...(status === null ? {} : { status }),
  message,
});

/** The feed that there is now. */
export interface FeedNow {
  readonly epoch: string;
  readonly head: number;
}

export const webhookAnswer = (webhook: Webhook, feed: FeedNow, now: number): WebhookAnswer => {
  const { id, url, description, filter, paused, disabled, createdAt, changedAt, place, pending, dead } = webhook;
  const { kinds, statuses, ...plain } = filter;
  const { deliveredAt, lastFailure, formerSecret } = webhook;
  return {
    id,
    url,
    ...(description === null ? {} : { description }),
    filter: {
      ...plain,
      ...(kinds === undefined ? {} : { kind: kinds as WebhookAnswer['filter']['kind'] }),
      ...(statuses === undefined ? {} : { status: statuses as WebhookAnswer['filter']['status'] }),
    },
    state: paused ? 'paused' : disabled === null ? 'active' : 'disabled',
    ...(disabled === null ? {} : { reason: disabled }),
    createdAt: instant(createdAt),
    changedAt: instant(changedAt),
    feed: place.feed,
    position: place.position,
    behind: place.feed === feed.epoch && isToldByItsFilter(webhook) ? Math.max(0, feed.head - place.position) : null,
    pending,
    dead,
    ...(deliveredAt === null ? {} : { deliveredAt: instant(deliveredAt) }),
    ...(lastFailure === null ? {} : { lastFailure: failureAnswer(lastFailure) }),
    ...(formerSecret === null || formerSecret.until <= now ? {} : { formerSecretUntil: instant(formerSecret.until) }),
  };
};

export const deadLetterAnswer = (delivery: Delivery): DeadLetter => {
  const { message, type, position, changeId, attempts, firstAt, failure, body } = delivery;
  return {
    id: message,
    type,
    position,
    ...(changeId === null ? {} : { change: changeId }),
    attempts,
    ...(firstAt === null ? {} : { firstAt: instant(firstAt) }),
    ...(failure === null ? {} : { failure: failureAnswer(failure) }),
    body: JSON.parse(body) as DeadLetter['body'],
  };
};
