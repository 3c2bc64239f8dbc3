import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { WebhookMessage } from '@stance/contracts';
import { expect, vi } from 'vitest';

import { getJson } from '../traffic/client.ts';
import { inOrder, readChanges } from './changes.ts';
import type { CurrentChange } from './changes.ts';

/** One who is told of changes by a webhook over all restarts, and applies what arrives in order. */
export interface Told {
  readonly url: string;
  /** Has the service tell it everything. */
  ask(baseUrl: string): Promise<void>;
  /**
   * Expects to hold the current set of changes.
   *
   * @returns how many messages it has been sent, those that came twice included.
   */
  expectCurrent(baseUrl: string, minPosition: number): Promise<number>;
  close(): Promise<void>;
}

export const startTold = async (): Promise<Told> => {
  const held = new Map<string, CurrentChange>();
  const seen = new Set<string>();
  let last = 0;
  let arrived = 0;

  const apply = (id: string, message: WebhookMessage): void => {
    arrived += 1;
    if (seen.has(id)) return;
    seen.add(id);
    if (message.type === 'stance.ping' || message.type === 'stance.reset') throw new Error(`${message.type} was told`);
    const { position, change } = message.data;
    // It takes everything, so that nothing can come out of order.
    if (position !== last + 1) throw new Error(`position ${String(position)} was told after ${String(last)}`);
    last = position;
    const { kind, status, revision, holder, proposition } = change;
    if (message.type === 'StanceChangeRemoved') held.delete(change.id);
    else held.set(change.id, { id: change.id, holder, proposition, kind, status, revision });
  };

  const faults: unknown[] = [];
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
    apply(String(request.headers['webhook-id']), JSON.parse(body) as WebhookMessage);
    response.end();
  };
  const server = createServer((request, response) => {
    // The sender may be killed while it sends.
    receive(request, response).catch((error: unknown) => {
      if (!request.destroyed || request.complete) faults.push(error);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;

  return {
    url,
    async ask(baseUrl) {
      const headers = { 'content-type': 'application/json' };
      const webhook = `${baseUrl}/v1/webhooks/told`;
      const put = await fetch(webhook, { method: 'PUT', headers, body: JSON.stringify({ url }) });
      const replay = await fetch(`${webhook}/replay`, { method: 'POST', headers, body: '{"after":0}' });
      expect([put.status, replay.status]).toEqual([201, 200]);
    },
    async expectCurrent(baseUrl, minPosition) {
      await vi.waitFor(
        async () => {
          // The cheap question first: it is asked often.
          expect(await getJson(`${baseUrl}/v1/webhooks/told`)).toMatchObject({ behind: 0, pending: 0, dead: 0 });
          expect(inOrder([...held.values()])).toEqual(await readChanges(baseUrl, minPosition));
        },
        // Somebody who told it and was killed has the right to for a while.
        { timeout: 60_000, interval: 50 },
      );
      expect(faults).toEqual([]);
      return arrived;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
