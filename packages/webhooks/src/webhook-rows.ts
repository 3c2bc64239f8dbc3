import type { Delivery, DeliveryFailure, DisabledReason, Webhook, WebhookFilter } from './webhook.ts';

/** An endpoint as the tables have it. */
export interface WebhookRow {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  readonly filter: string;
  readonly paused: number;
  readonly disabled: DisabledReason | null;
  readonly secret: string;
  readonly former_secret: string | null;
  readonly former_until: number | null;
  readonly created_at: number;
  readonly changed_at: number;
  readonly feed: string;
  readonly position: number;
  readonly recorded_at: number;
  readonly audience: string;
  readonly round: number;
  readonly revision: number;
  readonly streak: number;
  readonly delivered_at: number | null;
  readonly failure: string | null;
  readonly pending: number;
  readonly dead: number;
}

export interface DeliveryRow {
  readonly message: string;
  readonly position: number;
  readonly type: string;
  readonly change_id: string | null;
  readonly body: string;
  readonly attempts: number;
  readonly first_at: number | null;
  readonly due_at: number | null;
  readonly failure: string | null;
}

// The store wrote these texts itself.
const failureOf = (text: string | null): DeliveryFailure | null =>
  text === null ? null : (JSON.parse(text) as DeliveryFailure);

export const failureText = (failure: DeliveryFailure | null): string | null =>
  failure === null ? null : JSON.stringify(failure);

export const webhookOf = (row: WebhookRow): Webhook => ({
  id: row.id,
  url: row.url,
  description: row.description,
  filter: JSON.parse(row.filter) as WebhookFilter,
  paused: row.paused === 1,
  disabled: row.disabled,
  secret: row.secret,
  formerSecret:
    row.former_secret === null
      ? null
      : { secret: row.former_secret, until: row.former_until ?? Number.NEGATIVE_INFINITY },
  createdAt: row.created_at,
  changedAt: row.changed_at,
  place: { feed: row.feed, position: row.position, recordedAt: row.recorded_at, audience: row.audience },
  round: row.round,
  revision: row.revision,
  streak: row.streak,
  deliveredAt: row.delivered_at,
  lastFailure: failureOf(row.failure),
  pending: row.pending,
  dead: row.dead,
});

export const deliveryOf = (row: DeliveryRow): Delivery => ({
  message: row.message,
  position: row.position,
  type: row.type,
  changeId: row.change_id,
  body: row.body,
  attempts: row.attempts,
  firstAt: row.first_at,
  dueAt: row.due_at,
  failure: failureOf(row.failure),
});
