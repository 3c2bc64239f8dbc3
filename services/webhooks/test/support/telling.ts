import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { survivorsOf } from '@stance/domain';
import { createChangingFeed } from '@stance/feed/memory';
import { createAddressRules, createRetrySchedule, createSender, newSecret } from '@stance/webhooks';
import type { Webhook, WebhookDefinition, WebhookFilter, WebhookStore } from '@stance/webhooks';
import { openSqliteWebhookStore } from '@stance/webhooks/sqlite';
import { onTestFinished } from 'vitest';

import { audienceOf } from '../../src/deliveries/audience.ts';
import { startDeliveries } from '../../src/deliveries/deliveries.ts';
import type { Deliveries, DeliveriesOptions } from '../../src/deliveries/deliveries.ts';

/** Far quicker than usual. */
export const quick: readonly number[] = [20, 20, 20];

/** A feed, a store in a file, and those who tell endpoints of the one by the other. */
export const createTelling = (delays: readonly number[] = quick) => {
  const folder = mkdtempSync(join(tmpdir(), 'stance-telling-'));
  const stack = new AsyncDisposableStack();
  stack.defer(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  onTestFinished(() => stack.disposeAsync());
  const feed = createChangingFeed();
  let merges: { readonly actor: string; readonly into: string }[] = [];
  const warned: string[] = [];
  const openStore = (): WebhookStore =>
    stack.adopt(openSqliteWebhookStore({ path: join(folder, 'webhooks.db') }), (store) => store.close());
  const store = openStore();
  let position = 1;
  const knownMerges = () => ({ version: JSON.stringify(merges), position, survivors: survivorsOf(merges) });

  return {
    feed,
    store,
    openStore,
    warned,
    merge: (actor: string, into: string): void => {
      merges = [...merges, { actor, into }];
      position += 1;
    },
    /** Has the read model begin anew: it knows of no merge, up to a position. */
    forget: (upTo: number): void => {
      merges = [];
      position = upTo;
    },
    start: (options: Partial<DeliveriesOptions> = {}): Deliveries => {
      const sender = createSender({ rules: createAddressRules(['127.0.0.1']), userAgent: 'test' });
      const deliveries = startDeliveries({
        store,
        sender,
        feed: feed.reader,
        merges: async () => knownMerges(),
        schedule: createRetrySchedule(delays, () => 0.5),
        logger: { info: () => undefined, warn: (_fields, message) => void warned.push(message) },
        ...options,
      });
      stack.defer(async () => {
        await deliveries.stop({ deadline: 100 });
        sender.close();
      });
      return deliveries;
    },
    /** Adds an endpoint that is told the feed from its beginning, or from where it is. */
    put: async (
      id: string,
      url: string,
      given: { readonly filter?: WebhookFilter; readonly paused?: boolean; readonly after?: number } = {},
    ): Promise<Webhook> => {
      const { filter = {}, paused = false, after = 0 } = given;
      const definition: WebhookDefinition = { url, description: null, filter, paused };
      const [entry] = after === 0 ? [] : await feed.reader.readFeed({ after: after - 1, limit: 1 });
      const audience = audienceOf(filter, knownMerges(), null).name;
      const place = { feed: feed.epoch(), position: after, recordedAt: entry?.recordedAt ?? 0, audience };
      return (await store.put(id, definition, { at: Date.now(), secret: newSecret(), place })).webhook;
    },
  };
};
