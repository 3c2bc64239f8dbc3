import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';

import { defineEndpoint } from '@stance/contracts';
import type { ProblemDocument } from '@stance/contracts';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

import { createHttpApp } from '../src/index.ts';
import type { HttpApp, HttpAppOptions } from '../src/index.ts';

export const empty = z.strictObject({});
const anything = { 200: { description: 'It', content: { 'application/json': z.unknown() } } };

/** Writes a thing: path, query, a named header and a body, all checked. */
export const postThing = defineEndpoint({
  operationId: 'postThing',
  method: 'post',
  path: '/v1/things/{id}',
  tag: 'Writing',
  summary: 'Writes a thing',
  scope: 'write',
  params: z.strictObject({ id: z.string().regex(/^[a-z]+$/) }),
  query: z.strictObject({ dry: z.enum(['true', 'false']).optional(), note: z.string().optional() }),
  headers: z.strictObject({
    'If-Match': z
      .string()
      .regex(/^"\d+"$/)
      .optional(),
  }),
  body: { json: z.strictObject({ size: z.number(), tags: z.record(z.string(), z.string()).optional() }) },
  responses: anything,
  problems: [],
});

export const getThing = defineEndpoint({
  operationId: 'getThing',
  method: 'get',
  path: '/v1/things/{id}',
  tag: 'Reading',
  summary: 'Reads a thing',
  scope: 'read',
  params: z.strictObject({ id: z.string() }),
  query: z.strictObject({ note: z.string().optional() }),
  headers: empty,
  responses: anything,
  problems: [],
});

export const listThings = defineEndpoint({
  operationId: 'listThings',
  method: 'get',
  path: '/v1/things',
  tag: 'Reading',
  summary: 'Lists things',
  scope: 'read',
  params: empty,
  query: empty,
  headers: empty,
  responses: {
    200: { description: 'Them', content: { 'application/json': z.unknown(), 'application/x-ndjson': z.unknown() } },
  },
  problems: [],
});

export interface Log {
  readonly lines: Record<string, unknown>[];
}

export interface Served {
  readonly app: HttpApp;
  readonly log: Log;
  readonly address: string;
  readonly port: number;
}

/** An app that listens on a port of its own until the end of the test. */
export const serve = async (
  register: (app: HttpApp) => void,
  options: Omit<Partial<HttpAppOptions>, 'logger'> & { readonly logLevel?: string } = {},
): Promise<Served> => {
  const { logLevel = 'info', ...rest } = options;
  const lines: Record<string, unknown>[] = [];
  const write = (line: string): void => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const app = createHttpApp({ logger: pino({ level: logLevel }, { write }), ...rest });
  register(app);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await app.kit.stop(0);
  });
  return { app, log: { lines }, address, port: (app.server.address() as AddressInfo).port };
};

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export const call = async (served: Served, path: string, init: RequestInit = {}): Promise<Reply> => {
  const response = await fetch(served.address + path, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

export const json = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json', ...headers },
});

export const problemOf = (reply: { readonly text: string }): ProblemDocument =>
  JSON.parse(reply.text) as ProblemDocument;

/** Sends bytes as they are and gives back all that comes until the connection is closed. */
export const sendRaw = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (received += text));
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });
