import type { Delivery, DeliveryFailure, DisabledReason, Webhook, WebhookDefinition, WebhookPlace } from './webhook.ts';

/** The right to deliver to one endpoint, for a while. */
export interface Claim {
  readonly webhook: string;
  /** A name that no other deliverer has. */
  readonly owner: string;
  /** The round of the endpoint: in another one it is told something else. */
  readonly round: number;
  /** What was said of it last: of what was said before, nothing is recorded. */
  readonly revision: number;
}

/** What came of telling an endpoint something. */
export interface Outcome {
  /** Up to here it has been told, or what it has not been told is in `put`. */
  readonly place?: WebhookPlace;
  /** Begins another round there: all that waits, or is dead, is forgotten before. */
  readonly isAnew?: boolean;
  /** Waiting, or dead, from now on. */
  readonly put?: readonly Delivery[];
  /** Waiting no more: ids of messages. */
  readonly done?: readonly string[];
  readonly streak?: number;
  /** When something was delivered. All that waits is due at once where `endsOutage` says so. */
  readonly deliveredAt?: number;
  readonly endsOutage?: boolean;
  readonly failure?: DeliveryFailure;
  readonly disabled?: DisabledReason;
}

export interface NewWebhook {
  /** In milliseconds since the epoch. */
  readonly at: number;
  /** Of one that is new. */
  readonly secret: string;
  /** Of one that is new: it is told what follows. */
  readonly place: WebhookPlace;
}

/**
 * Keeps who wants to be told of changes, how far each was told, and what each could not be told yet.
 * Every adapter passes the contract suite (`@stance/webhooks/contract-suite`). All calls throw `WebhookError`: on SQLite
 * `webhooks-busy`, `webhooks-full`, `webhooks-unavailable` (retryable), `webhooks-closed`, `webhooks-corrupt`,
 * `webhooks-read-only`; on PostgreSQL also `webhooks-no-rights`, `webhooks-refused`, `webhooks-missing`,
 * `webhooks-too-large`.
 */
export interface WebhookStore {
  /**
   * Says what an endpoint is, in place of all that was said of it before. Its secret, its place and what waits stay; one that
   * was disabled is told again, and what waits is due at once, with the whole schedule before it.
   *
   * @throws WebhookError `too-many-webhooks`.
   */
  put(
    id: string,
    definition: WebhookDefinition,
    fresh: NewWebhook,
  ): Promise<{ readonly webhook: Webhook; readonly isNew: boolean }>;
  get(id: string): Promise<Webhook | null>;
  /** All of them, by id. */
  list(): Promise<Webhook[]>;
  /** With all that waits. @returns whether there was one. */
  remove(id: string): Promise<boolean>;
  /** Gives it another secret; the one before counts until then (ms). `null` where there is no such endpoint. */
  rotate(id: string, secret: string, formerUntil: number): Promise<Webhook | null>;
  /**
   * Has it told anew what follows a place that it has passed; nothing of that waits, or is dead, any more. Where it has not
   * passed that place, nothing is done. `null` where there is no such endpoint.
   */
  replay(id: string, place: WebhookPlace): Promise<{ readonly webhook: Webhook; readonly isMoved: boolean } | null>;
  /** What waits for another try, in the order of the feed. */
  pending(id: string): Promise<Delivery[]>;
  /** What was given up, in the order of the feed: the first `limit`. */
  deadLetters(id: string, limit: number): Promise<Delivery[]>;
  /** Has a dead letter tried again, from the beginning of the schedule. @returns whether there was one. */
  retry(id: string, message: string, dueAt: number): Promise<boolean>;
  /** @returns whether there was such a dead letter. */
  discard(id: string, message: string): Promise<boolean>;
  /** Takes the right to deliver to it for so many milliseconds by the store's clock, unless another has it. */
  claim(id: string, owner: string, ttl: number): Promise<boolean>;
  release(id: string, owner: string): Promise<void>;
  /** Whether a claim holds, and the endpoint is as it was when it was taken. */
  holds(claim: Claim): Promise<boolean>;
  /**
   * Records what came of a delivery, all or nothing. Where the machine is cut off, the last ones may be lost: then the endpoint
   * stands where it stood before them.
   *
   * @returns whether it did: not where the claim is another's by now, or the endpoint in another round, or said anew, or gone.
   */
  record(claim: Claim, outcome: Outcome): Promise<boolean>;
  close(): Promise<void>;
}
