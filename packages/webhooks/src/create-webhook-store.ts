import { WebhookError } from './errors.ts';
import type { Delivery } from './webhook.ts';
import { deliveryOf, failureText, webhookOf } from './webhook-rows.ts';
import type { DeliveryRow, WebhookRow } from './webhook-rows.ts';
import type { WebhookStore } from './webhook-store.ts';

type Value = string | number | null;

/** Statements, their parameters written `$1`, `$2`, ... */
export interface Statements {
  rows<Row>(text: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** How many rows it touched. */
  run(text: string, values?: readonly Value[]): Promise<number>;
}

/** A database that has the tables of `createTables`. What it throws is a `WebhookError`. */
export interface WebhookDatabase extends Statements {
  /** What the time is, in milliseconds since the epoch, as SQL. */
  readonly now: string;
  /** All or nothing, one after the other, and durable. */
  inTransaction<Result>(work: (statements: Statements) => Promise<Result>): Promise<Result>;
  /** The same, but the last ones may be lost where the machine, not the process, is cut off: none before one that is lost. */
  inQuickTransaction<Result>(work: (statements: Statements) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Each is a loop that reads the feed, and each a server somewhere: who needs more wants a topic of Kafka. */
const mostWebhooks = 1000;

const waiting = 'd.due_at IS NOT NULL';
const given = `SELECT w.id, w.url, w.description, w.filter, w.paused, w.disabled, w.secret, w.former_secret,
    w.former_until, w.created_at, w.changed_at, w.feed, w.position, w.recorded_at, w.audience, w.round, w.revision, w.streak,
    w.delivered_at, w.failure,
    (SELECT count(*) FROM deliveries d WHERE d.webhook = w.id AND ${waiting}) AS pending,
    (SELECT count(*) FROM deliveries d WHERE d.webhook = w.id AND NOT (${waiting})) AS dead
  FROM webhooks w`;
const deliveries = `SELECT d.message, d.position, d.type, d.change_id, d.body, d.attempts, d.first_at, d.due_at, d.failure
  FROM deliveries d WHERE d.webhook = $1`;

const find = async (db: Statements, id: string) => {
  const [row] = await db.rows<WebhookRow>(`${given} WHERE w.id = $1`, [id]);
  return row === undefined ? null : webhookOf(row);
};

const putDelivery = (db: Statements, webhook: string, delivery: Delivery): Promise<number> => {
  const { message, position, type, changeId, body, attempts, firstAt, dueAt, failure } = delivery;
  return db.run(
    `INSERT INTO deliveries (webhook, message, position, type, change_id, body, attempts, first_at, due_at, failure)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (webhook, message) DO UPDATE SET attempts = excluded.attempts, first_at = excluded.first_at,
       due_at = excluded.due_at, failure = excluded.failure`,
    [webhook, message, position, type, changeId, body, attempts, firstAt, dueAt, failureText(failure)],
  );
};

/** The store in a database, whichever it is. */
export const createWebhookStore = (db: WebhookDatabase): WebhookStore => ({
  put: (id, { url, description, filter, paused }, { at, secret, place }) =>
    db.inTransaction(async (within) => {
      const definition = [url, description, JSON.stringify(filter), paused ? 1 : 0, at];
      const added = await within.run(
        `INSERT INTO webhooks (id, url, description, filter, paused, changed_at, created_at, secret, feed, position,
           recorded_at, audience, round, revision, streak, claimed_until)
         SELECT $1, $2, $3, $4, CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($6 AS BIGINT), $7, $8, CAST($9 AS BIGINT),
           CAST($10 AS BIGINT), $11, 0, 0, 0, 0
         WHERE (SELECT count(*) FROM webhooks) < $12
         ON CONFLICT (id) DO NOTHING`,
        [id, ...definition, secret, place.feed, place.position, place.recordedAt, place.audience, mostWebhooks],
      );
      const known = await within.run(
        `UPDATE webhooks SET url = $2, description = $3, filter = $4, paused = $5, changed_at = $6, disabled = NULL,
           streak = 0, revision = revision + 1 WHERE id = $1`,
        [id, ...definition],
      );
      if (known === 0) {
        throw new WebhookError('too-many-webhooks', `there are ${String(mostWebhooks)} endpoints, and may not be more`);
      }
      await within.run(
        `UPDATE deliveries SET attempts = 0, first_at = NULL, due_at = CASE WHEN due_at > $2 THEN $2 ELSE due_at END
         WHERE webhook = $1 AND due_at IS NOT NULL`,
        [id, at],
      );
      const webhook = await find(within, id);
      if (webhook === null)
        throw new WebhookError('webhooks-corrupt', `the endpoint ${id} is not there once it was put`);
      return { webhook, isNew: added > 0 };
    }),
  get: (id) => find(db, id),
  list: async () => (await db.rows<WebhookRow>(`${given} ORDER BY w.id`)).map(webhookOf),
  remove: (id) =>
    db.inTransaction(async (within) => {
      // In the order in which what came of a delivery is recorded.
      const removed = await within.run('DELETE FROM webhooks WHERE id = $1', [id]);
      await within.run('DELETE FROM deliveries WHERE webhook = $1', [id]);
      return removed > 0;
    }),
  rotate: (id, secret, formerUntil) =>
    db.inTransaction(async (within) => {
      await within.run(
        'UPDATE webhooks SET former_secret = secret, former_until = $3, secret = $2, revision = revision + 1 WHERE id = $1',
        [id, secret, formerUntil],
      );
      return find(within, id);
    }),
  replay: (id, { feed, position, recordedAt, audience }) =>
    db.inTransaction(async (within) => {
      const moved = await within.run(
        `UPDATE webhooks SET position = $3, recorded_at = $4, audience = $5, round = round + 1, streak = 0
         WHERE id = $1 AND feed = $2 AND position >= $3`,
        [id, feed, position, recordedAt, audience],
      );
      if (moved > 0) await within.run('DELETE FROM deliveries WHERE webhook = $1 AND position > $2', [id, position]);
      const webhook = await find(within, id);
      return webhook === null ? null : { webhook, isMoved: moved > 0 };
    }),
  pending: async (id) =>
    (await db.rows<DeliveryRow>(`${deliveries} AND ${waiting} ORDER BY d.position, d.message`, [id])).map(deliveryOf),
  deadLetters: async (id, limit) =>
    (
      await db.rows<DeliveryRow>(`${deliveries} AND NOT (${waiting}) ORDER BY d.position, d.message LIMIT $2`, [
        id,
        limit,
      ])
    ).map(deliveryOf),
  retry: async (id, message, dueAt) =>
    (await db.run(
      `UPDATE deliveries SET attempts = 0, first_at = NULL, due_at = $3
       WHERE webhook = $1 AND message = $2 AND due_at IS NULL`,
      [id, message, dueAt],
    )) > 0,
  discard: async (id, message) =>
    (await db.run('DELETE FROM deliveries WHERE webhook = $1 AND message = $2 AND due_at IS NULL', [id, message])) > 0,
  claim: async (id, owner, ttl) =>
    (await db.run(
      `UPDATE webhooks SET claimed_by = $2, claimed_until = ${db.now} + $3
       WHERE id = $1 AND (claimed_by IS NULL OR claimed_by = $2 OR claimed_until <= ${db.now})`,
      [id, owner, ttl],
    )) > 0,
  release: async (id, owner) => {
    await db.run('UPDATE webhooks SET claimed_by = NULL WHERE id = $1 AND claimed_by = $2', [id, owner]);
  },
  holds: async ({ webhook, owner, round, revision }) =>
    (
      await db.rows(
        'SELECT 1 AS holds FROM webhooks WHERE id = $1 AND claimed_by = $2 AND round = $3 AND revision = $4',
        [webhook, owner, round, revision],
      )
    ).length > 0,
  // Of what is lost the endpoint is told again.
  record: ({ webhook, owner, round, revision }, outcome) =>
    db.inQuickTransaction(async (within) => {
      const { place, isAnew = false, put = [], done = [], streak, deliveredAt, endsOutage = false } = outcome;
      const { failure = null, disabled = null } = outcome;
      const mine = await within.run(
        `UPDATE webhooks SET
           feed = coalesce($4, feed), position = coalesce($5, position), recorded_at = coalesce($6, recorded_at),
           audience = coalesce($7, audience),
           streak = coalesce($8, streak), delivered_at = coalesce($9, delivered_at), failure = coalesce($10, failure),
           disabled = coalesce($11, disabled), round = round + $12
         WHERE id = $1 AND claimed_by = $2 AND round = $3 AND revision = $13`,
        [
          webhook,
          owner,
          round,
          place?.feed ?? null,
          place?.position ?? null,
          place?.recordedAt ?? null,
          place?.audience ?? null,
          streak ?? null,
          deliveredAt ?? null,
          failureText(failure),
          disabled,
          isAnew ? 1 : 0,
          revision,
        ],
      );
      if (mine === 0) return false;
      if (isAnew) await within.run('DELETE FROM deliveries WHERE webhook = $1', [webhook]);
      for (const message of done) {
        await within.run('DELETE FROM deliveries WHERE webhook = $1 AND message = $2', [webhook, message]);
      }
      for (const delivery of put) await putDelivery(within, webhook, delivery);
      if (endsOutage && deliveredAt !== undefined) {
        await within.run('UPDATE deliveries SET due_at = $2 WHERE webhook = $1 AND due_at > $2', [
          webhook,
          deliveredAt,
        ]);
      }
      return true;
    }),
  close: () => db.close(),
});
