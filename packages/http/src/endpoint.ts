import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

import { ProblemError } from '@stance/contracts';
import type { Endpoint } from '@stance/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { chooseMediaType } from './accept.ts';
import type { Identity } from './access.ts';
import { bodyReader, inputReader } from './endpoint-input.ts';
import { matchesEtag } from './etag.ts';
import { writeNdjson } from './ndjson.ts';
import { sendProblem } from './problem-reply.ts';

/** What a handler gets: everything checked, nothing of the framework but `raw`. */
export interface HandlerInput<Params, Query, Headers> {
  readonly params: Params;
  readonly query: Query;
  readonly headers: Headers;
  /** Who calls; `name` is null where the service has no tokens. */
  readonly identity: Identity;
  readonly requestId: string;
  readonly correlationId: string;
  readonly traceparent: string | null;
  /** The media type to answer with: the one of those that the endpoint describes which the client wants most. */
  readonly accepts: string;
  /** Aborted when the client has gone, the time is up, or the service stops for good. */
  readonly signal: AbortSignal;
  readonly raw: RawExchange;
}

export interface RawExchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /**
   * Starts an answer that the handler writes and ends itself, with the kit's own headers added. The handler returns
   * nothing then, and has to destroy the response where it cannot be ended well.
   */
  takeOver(status: number, headers?: Readonly<Record<string, string>>): ServerResponse;
}

export type JsonInput<Params, Query, Headers, Body> = HandlerInput<Params, Query, Headers> & { readonly body: Body };

/** The lines as they arrive: `stream` is unread and unbounded, and reading it slowly slows the client down. */
export type NdjsonInput<Params, Query, Headers> = HandlerInput<Params, Query, Headers> & { readonly stream: Readable };

interface AnswerHead {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** With its quotes, as `strongEtag` and `weakEtag` make it; a `GET` that names it in `If-None-Match` gets a 304. */
  readonly etag?: string;
}

/**
 * `body` goes out as JSON; `text` as it is, under its `contentType`; `ndjson` one JSON value a line, with
 * back-pressure. Nothing: the handler has taken the answer over.
 */
export type Answer =
  | (AnswerHead & { readonly body?: unknown })
  | (AnswerHead & { readonly text: string; readonly contentType: string })
  | (AnswerHead & { readonly ndjson: AsyncIterable<unknown> })
  | undefined;

export type Handler<Input> = (input: Input) => Answer | Promise<Answer>;

export interface EndpointOptions<Params, Query, Headers> {
  /** The largest JSON body, in bytes; 64 KiB where absent. */
  readonly bodyLimit?: number;
  /** Takes calls whose body is `application/x-ndjson`. */
  readonly ndjson?: Handler<NdjsonInput<Params, Query, Headers>>;
}

const ndjsonType = 'application/x-ndjson; charset=utf-8';

const methods = { get: 'GET', post: 'POST', put: 'PUT', delete: 'DELETE' } as const;

/** `/v1/statements/{id}` as Fastify writes it. */
const routeOf = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

const offeredBy = (endpoint: Endpoint): string[] => {
  const types = Object.entries(endpoint.responses)
    .filter(([status]) => Number(status) < 300)
    .flatMap(([, response]) => Object.keys(response.content ?? {}));
  return [...new Set(types)];
};

const takeOver = (reply: FastifyReply, status: number, headers: Readonly<Record<string, string>>): ServerResponse => {
  const { exchange } = reply.request;
  if (exchange.phase !== 'endless') exchange.phase = 'streaming';
  reply.hijack();
  const all: Record<string, string | string[] | number> = {};
  for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...headers })) {
    if (value !== undefined) all[name] = value;
  }
  reply.raw.writeHead(status, all);
  return reply.raw;
};

const resume = async function* (first: IteratorResult<unknown>, iterator: AsyncIterator<unknown>): AsyncGenerator {
  try {
    for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
};

/** The first value is waited for before the head is sent, so that an early failure is still a problem document. */
const sendNdjson = async (reply: FastifyReply, status: number, values: AsyncIterable<unknown>): Promise<void> => {
  const iterator = values[Symbol.asyncIterator]();
  const first = await iterator.next();
  const response = takeOver(reply, status, { 'content-type': ndjsonType });
  try {
    await writeNdjson(response, resume(first, iterator));
  } catch (error) {
    if (!response.destroyed) reply.request.log.error({ err: error }, 'An answer broke off in the middle.');
    // Ended here, it would look whole.
    response.destroy();
  }
};

const sendAnswer = (reply: FastifyReply, answer: Exclude<Answer, undefined>): void | Promise<void> => {
  const { request } = reply;
  const { status, headers, etag } = answer;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  reply.code(status);
  if (headers !== undefined) reply.headers(headers);
  if (etag !== undefined) {
    reply.header('etag', etag);
    if (isRead && matchesEtag(request.headers['if-none-match'], etag)) return void reply.code(304).send();
  }
  if ('ndjson' in answer) {
    if (request.method === 'HEAD') return void takeOver(reply, status, { 'content-type': ndjsonType }).end();
    return sendNdjson(reply, status, answer.ndjson);
  }
  if ('text' in answer) return void reply.header('content-type', answer.contentType).send(answer.text);
  if (answer.body === undefined) return void reply.send();
  return void reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer.body));
};

const run = async <Input>(reply: FastifyReply, handler: Handler<Input>, input: Input): Promise<void> => {
  const answer = await handler(input);
  // The time was up, and the client has been told.
  if (reply.sent || reply.raw.headersSent) return;
  if (answer === undefined) throw new Error('A handler neither answered nor took the answer over.');
  await sendAnswer(reply, answer);
};

/**
 * Adds a call of the API to the app. Before the handler runs, everything in the endpoint's description is checked:
 * scope, path, query (unknown and repeated parameters are errors), named headers, media types and body. Whatever it
 * throws is answered as a problem document: a `ProblemError` as it says, all else as `internal`.
 */
export const registerEndpoint = <
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
>(
  app: FastifyInstance,
  endpoint: Endpoint<Params, Query, Headers, Body>,
  handler: Handler<JsonInput<z.output<Params>, z.output<Query>, z.output<Headers>, z.output<Body>>>,
  options: EndpointOptions<z.output<Params>, z.output<Query>, z.output<Headers>> = {},
): void => {
  const { kit } = app;
  const readInput = inputReader(endpoint);
  const readBody = bodyReader(endpoint);
  const offered = offeredBy(endpoint);
  const { ndjson } = options;

  const inputOf = (request: FastifyRequest, reply: FastifyReply) => {
    const { exchange } = request;
    return {
      ...readInput(request),
      identity: { name: exchange.caller.name },
      requestId: request.id,
      correlationId: exchange.correlationId,
      traceparent: exchange.traceparent,
      accepts: offered.length === 0 ? 'application/json' : chooseMediaType(request.headers.accept, offered),
      signal: exchange.signal,
      raw: {
        request,
        reply,
        takeOver: (status: number, headers: Readonly<Record<string, string>> = {}) => takeOver(reply, status, headers),
      },
    };
  };

  app.route({
    method: methods[endpoint.method],
    url: routeOf(endpoint.path),
    bodyLimit: options.bodyLimit ?? kit.limits.bodyBytes,
    onRequest: (request, _reply, done) => {
      kit.admit(request, endpoint.scope);
      done();
    },
    handler: (request, reply) => {
      const { exchange } = request;
      exchange.phase = 'answering';
      exchange.phaseAt = performance.now();
      const answer = async (): Promise<void> => {
        const input = inputOf(request, reply);
        if (request.isNdjson) {
          if (ndjson === undefined) {
            throw new ProblemError('unsupported-media-type', { detail: 'This call takes application/json.' });
          }
          exchange.phase = 'streaming';
          await run(reply, ndjson, Object.assign(input, { stream: request.raw }));
          return;
        }
        await run(reply, handler, Object.assign(input, { body: readBody(request.body) }));
      };
      answer().catch((error: unknown) => sendProblem(request, reply, error));
    },
  });
};
