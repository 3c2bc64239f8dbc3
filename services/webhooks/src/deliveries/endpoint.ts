import { readOn } from '@stance/feed';
import type { FeedEntry, ReadOnFeed } from '@stance/feed';
import type { KnownMerges } from '@stance/read-model';
import type {
  Claim,
  Delivery,
  DeliveryFailure,
  Outcome,
  RetrySchedule,
  Sender,
  SendResult,
  Webhook,
  WebhookPlace,
  WebhookStore,
} from '@stance/webhooks';

import type { DeliveryClock } from '../clock.ts';
import { audienceOf, isToldByItsFilter } from './audience.ts';
import type { Audience } from './audience.ts';
import { entryMessage, filteredEntry, resetMessage } from './messages.ts';
import type { NewMessage } from './messages.ts';
import { secretsOf } from './secrets.ts';
import { createWaiting, outage } from './waiting.ts';
import type { Waiting } from './waiting.ts';

/** What is told to an endpoint, and by which means. */
export interface EndpointParts {
  readonly store: WebhookStore;
  readonly sender: Pick<Sender, 'send'>;
  readonly feed: ReadOnFeed;
  /** The merges of actors by now. */
  readonly merges: () => Promise<KnownMerges>;
  readonly schedule: RetrySchedule;
  readonly clock: DeliveryClock;
  /** The right to tell it, as who has it. */
  readonly claim: Claim;
  /** Holds that right for long enough to try something, as long as the endpoint is as it was. @returns whether it could. */
  readonly keepClaim: () => Promise<boolean>;
  /** Begin nothing any more. */
  readonly stopping: AbortSignal;
  /** Give up what is under way. */
  readonly abandoned: AbortSignal;
  /** What came of each try. */
  readonly onTried: (webhook: Webhook, message: NewMessage, result: SendResult) => void;
  /** A message was given up, or the endpoint is told nothing any more. */
  readonly onGivenUp: (webhook: Webhook, what: string) => void;
}

/** What came of one turn: when to look again at the latest (ms since the epoch; `null`: when there is news), or that it is over. */
export type TurnResult = 'again' | 'over' | { readonly until: number | null };

/** How many entries of the feed are read at a time. */
const page = 100;

const placeAt = (place: WebhookPlace, { position, recordedAt }: FeedEntry): WebhookPlace => ({
  ...place,
  position,
  recordedAt,
});

/** Tells one endpoint, once, all that can be told it now. Where others have it by now, it has to look again. */
export const tellEndpoint = async (webhook: Webhook, parts: EndpointParts): Promise<TurnResult> => {
  const { store, sender, feed, merges, schedule, clock, claim, stopping, abandoned, onTried, onGivenUp } = parts;
  const { id, filter, round } = webhook;
  const waiting: Waiting = createWaiting(await store.pending(id));
  let { place, streak, deliveredAt } = webhook;
  /** Whether it is told nothing any more, or somebody else tells it, or tells it something else. */
  let isOver = false;

  const record = async (outcome: Outcome): Promise<void> => {
    if (!(await store.record(claim, outcome))) isOver = true;
    if (outcome.disabled !== undefined) isOver = true;
  };

  const send = async (message: NewMessage): Promise<SendResult> => {
    const at = clock.now();
    const result = await sender.send({
      url: webhook.url,
      message: { id: message.message, body: message.body },
      secrets: secretsOf(webhook, at),
      at,
      signal: abandoned,
    });
    onTried(webhook, message, result);
    return result;
  };

  /** What is recorded of a message that arrived. */
  const delivered = (): Outcome => {
    const endsOutage = streak >= outage;
    streak = 0;
    deliveredAt = clock.now();
    return { deliveredAt, streak, endsOutage };
  };

  /** What is recorded of one that did not: when it is tried again, or that it is given up. */
  const failed = (message: Delivery, result: SendResult & { readonly ok: false }): Outcome => {
    const at = clock.now();
    const failure: DeliveryFailure = { at, status: result.status, message: result.message };
    const attempts = message.attempts + 1;
    const firstAt = message.firstAt ?? at;
    const isGone = result.status === 410;
    const isReset = message.changeId === null;
    const delay = isGone ? 0 : schedule.delayAfter(attempts, result.retryAfter);
    const isDead = delay === null && !isReset;
    const next: Delivery = {
      ...message,
      attempts,
      firstAt,
      failure,
      // Without a reset all that follows would be misunderstood: it is never given up.
      dueAt: isDead ? null : Math.ceil(at + (delay ?? schedule.longest)),
    };
    if (isDead) waiting.remove(message.message);
    else waiting.put(next);
    // It took nothing since this one was tried first: nobody is there.
    const isFailing = delay === null && (deliveredAt === null || deliveredAt < firstAt);
    if (isDead) onGivenUp(webhook, `the message ${message.message} was given up: ${result.message}`);
    if (isGone || isFailing) onGivenUp(webhook, `it is told nothing any more: ${result.message}`);
    return { put: [next], failure, ...(isGone ? { disabled: 'gone' } : isFailing ? { disabled: 'failing' } : {}) };
  };

  const tryAgain = async (delivery: Delivery): Promise<void> => {
    const result = await send(delivery);
    if (result.ok) {
      waiting.remove(delivery.message);
      await record({ ...delivered(), done: [delivery.message] });
      return;
    }
    if (!abandoned.aborted) await record(failed(delivery, result));
  };

  const tell = async (message: NewMessage, next: WebhookPlace): Promise<void> => {
    const delivery: Delivery = { ...message, attempts: 0, firstAt: null, dueAt: clock.now(), failure: null };
    if (message.changeId !== null && waiting.isBehind(message.changeId)) {
      waiting.put(delivery);
      await record({ place: next, put: [delivery] });
      return;
    }
    const result = await send(message);
    if (result.ok) await record({ ...delivered(), place: next });
    else if (!abandoned.aborted) {
      streak += 1;
      await record({ ...failed(delivery, result), place: next, streak });
    }
  };

  const mayGoOn = async (): Promise<boolean> => {
    if (isOver || stopping.aborted) return false;
    isOver = !(await parts.keepClaim());
    return !isOver;
  };

  /** Tells what there is in a page of the feed. */
  const tellEntries = async (entries: readonly FeedEntry[], audience: Audience): Promise<void> => {
    let recorded = place;
    for (const entry of entries) {
      if (!waiting.takesNew(streak) || !(await mayGoOn())) break;
      const next = placeAt(place, entry);
      const news = audience.newsOf(filteredEntry(entry));
      if (news !== null) {
        await tell(entryMessage(entry, news, { feed: place.feed, round }), next);
        if (abandoned.aborted) return;
        recorded = next;
      }
      place = next;
    }
    if (recorded !== place && !isOver) await record({ place });
  };

  /** Has the endpoint told everything anew: it hears why before. */
  const beginAnew = async (
    epoch: string,
    audience: Audience,
    reason: Parameters<typeof resetMessage>[0],
  ): Promise<void> => {
    const at = clock.now();
    const message = resetMessage(reason, { feed: epoch, round: round + 1 }, at);
    const put = [{ ...message, attempts: 0, firstAt: null, dueAt: at, failure: null }];
    await record({
      place: { feed: epoch, position: 0, recordedAt: 0, audience: audience.name },
      isAnew: true,
      put,
      streak: 0,
    });
  };

  for (let due = waiting.due(clock.now()); due !== null; due = waiting.due(clock.now())) {
    if (!(await mayGoOn())) break;
    await tryAgain(due);
  }
  if (isOver) return 'again';
  if (stopping.aborted) return 'over';
  if (!waiting.takesNew(streak)) return { until: waiting.nextDue() };

  const audience = audienceOf(filter, filter.holder === undefined ? null : await merges(), place.audience);
  const read = await readOn(feed, place, page);
  if (read.kind === 'elsewhere') {
    await beginAnew(read.feed, audience, read.feed === place.feed ? 'ahead' : 'unknown-epoch');
    return 'again';
  }
  if (audience.name !== place.audience) {
    await beginAnew(place.feed, audience, isToldByItsFilter(webhook) ? 'holder-changed' : 'filter-changed');
    return 'again';
  }
  await tellEntries(read.entries, audience);
  return isOver || read.entries.length > 0 ? 'again' : { until: waiting.nextDue() };
};
