import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { webhookMessageSchema } from '@stance/contracts';
import type { WebhookMessage } from '@stance/contracts';
import { Webhook } from 'standardwebhooks';
import { onTestFinished } from 'vitest';

/** A message as it arrived, and was taken or not. */
export interface Arrived {
  readonly id: string;
  readonly message: WebhookMessage;
  readonly status: number;
}

/** A server that is told of changes, and holds the set that they come to. */
export interface Receiver {
  readonly url: string;
  /** In the order of arrival, those that were not taken included. */
  readonly arrived: readonly Arrived[];
  readonly taken: () => readonly Arrived[];
  /** Of changes, by id. */
  readonly held: ReadonlyMap<string, string>;
  /** Secrets by which messages are taken; any, where there is none. */
  readonly secrets: string[];
  /** Which status a message is answered with; 200, if left out. Another than 2xx leaves the set as it is. */
  answer: (message: WebhookMessage, count: number) => number | Promise<number>;
}

export const startReceiver = async (): Promise<Receiver> => {
  const arrived: Arrived[] = [];
  const held = new Map<string, string>();
  /** The last position about each change: what comes late of before does not count. */
  const last = new Map<string, number>();
  const seen = new Set<string>();

  const apply = (id: string, message: WebhookMessage): void => {
    if (seen.has(id)) return;
    seen.add(id);
    if (message.type === 'stance.ping') return;
    if (message.type === 'stance.reset') {
      held.clear();
      last.clear();
      return;
    }
    const { change, position } = message.data;
    if (position <= (last.get(change.id) ?? 0)) return;
    last.set(change.id, position);
    if (message.type === 'StanceChangeRemoved') held.delete(change.id);
    else held.set(change.id, JSON.stringify(change));
  };

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
    const headers = request.headers as Record<string, string>;
    const verified =
      receiver.secrets.length === 0 ||
      receiver.secrets.some((secret) => {
        try {
          new Webhook(secret).verify(body, headers);
          return true;
        } catch {
          return false;
        }
      });
    const message = webhookMessageSchema.parse(JSON.parse(body));
    const status = verified ? await receiver.answer(message, arrived.length + 1) : 401;
    const id = headers['webhook-id'] ?? '';
    arrived.push({ id, message, status });
    if (status >= 200 && status < 300) apply(id, message);
    response.writeHead(status).end();
  };
  const server = createServer((request, response) => void receive(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const receiver: Receiver = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`,
    arrived,
    taken: () => arrived.filter(({ status }) => status >= 200 && status < 300),
    held,
    secrets: [],
    answer: () => 200,
  };
  return receiver;
};
