import type { FeedPlace } from '@stance/feed';

/** Which changes an endpoint is told of, as it was asked for. */
export interface WebhookFilter {
  readonly holder?: string | undefined;
  readonly proposition?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly statuses?: readonly string[] | undefined;
  /** EDTF dates. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What somebody says of an endpoint. */
export interface WebhookDefinition {
  readonly url: string;
  readonly description: string | null;
  readonly filter: WebhookFilter;
  /** Whether it is to be told nothing for the time being. */
  readonly paused: boolean;
}

/** Up to where an endpoint was told the feed. */
export interface WebhookPlace extends FeedPlace {
  /** Which changes that were: by another filter, or a merge of its holder, they are others. */
  readonly audience: string;
}

/** Why a delivery did not go well. */
export interface DeliveryFailure {
  /** In milliseconds since the epoch. */
  readonly at: number;
  /** The HTTP status that was answered; `null` where nothing was. */
  readonly status: number | null;
  readonly message: string;
}

/** Why an endpoint is told nothing until somebody puts it again: it said that it is gone, or took nothing for days. */
export type DisabledReason = 'gone' | 'failing';

/** An endpoint, and how it fares. Times are in milliseconds since the epoch. */
export interface Webhook extends WebhookDefinition {
  readonly id: string;
  /** `whsec_` and the key in base64. */
  readonly secret: string;
  /** The secret before the present one, by which is signed as well until then. */
  readonly formerSecret: { readonly secret: string; readonly until: number } | null;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly disabled: DisabledReason | null;
  readonly place: WebhookPlace;
  /** One more with each time that it is told anew what it was told: part of the ids of its messages. */
  readonly round: number;
  /** One more with each time that somebody says something of it: what was begun before does not count any more. */
  readonly revision: number;
  /** How many messages in a row failed at their first try. */
  readonly streak: number;
  readonly deliveredAt: number | null;
  readonly lastFailure: DeliveryFailure | null;
  /** How many messages wait for another try. */
  readonly pending: number;
  /** How many were given up. */
  readonly dead: number;
}

/** A message that was not delivered at once. */
export interface Delivery {
  /** The id of the message: the same at each try. */
  readonly message: string;
  readonly position: number;
  readonly type: string;
  /** What it is about: messages about one change keep their order. `null`: about none. */
  readonly changeId: string | null;
  /** JSON, as it is sent. */
  readonly body: string;
  readonly attempts: number;
  /** The first try; `null` where it waits behind another one about the same change. */
  readonly firstAt: number | null;
  /** When to try again; `null`: never, it is a dead letter. */
  readonly dueAt: number | null;
  readonly failure: DeliveryFailure | null;
}
