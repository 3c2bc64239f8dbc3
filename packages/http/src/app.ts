import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { ProblemError } from '@stance/contracts';
import { fastify, LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

import { createAccess } from './access.ts';
import { admission } from './admission.ts';
import { addBodyParsers } from './body-parsers.ts';
import { clientErrorAnswerer } from './client-error.ts';
import { openExchange } from './exchange.ts';
import { createInFlight } from './in-flight.ts';
import './kit.ts';
import { defaultLimits } from './limits.ts';
import type { HttpLimits } from './limits.ts';
import { createMetrics } from './metrics.ts';
import { answerNoRoute, createRouteTable } from './no-route.ts';
import { rawProblem, sendProblem } from './problem-reply.ts';
import { stopper } from './stop.ts';
import type { Token } from './tokens.ts';

export interface HttpAppOptions {
  readonly logger: Logger;
  /** Where absent, reading is open to all and everything else to this machine only. */
  readonly tokens?: readonly Token[];
  /** The name under which the service is reached; without tokens, writes are taken under it beside loopback names. */
  readonly host?: string;
  readonly limits?: Partial<HttpLimits>;
  /** A secret of this process: calls that carry it may use the correlation ids that the service keeps for itself. */
  readonly ownKey?: string;
}

/**
 * A Fastify app that answers every fault as a problem document, knows who calls and how much they may, and counts
 * what it does. Calls of the API are added with `registerEndpoint`; `app.kit` has the rest.
 */
export const createHttpApp = (options: HttpAppOptions): FastifyInstance => {
  const limits: HttpLimits = { ...defaultLimits, ...options.limits };
  const logger: FastifyBaseLogger = options.logger;
  const app = fastify({
    loggerInstance: logger,
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: limits.bodyBytes,
    connectionTimeout: limits.idleTimeoutMs,
    return503OnClosing: false,
    // The query is read per endpoint, where a fault in it can be answered.
    routerOptions: { querystringParser: () => ({}), maxParamLength: limits.targetLength },
    http: {
      // A missing Host is refused below, in our words.
      requireHostHeader: false,
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: 1000,
    },
    frameworkErrors: (error, request, reply) => sendProblem(request, reply, error),
    clientErrorHandler: clientErrorAnswerer(limits),
  });
  app.server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    response.socket?.end(rawProblem('expectation-failed', 'The service expects nothing but `100-continue`.'));
  });

  const inFlight = createInFlight(limits);
  const metrics = createMetrics(inFlight);
  const routes = createRouteTable();
  const stopping = new AbortController();

  app.decorate('kit', {
    limits,
    registry: metrics.registry,
    metrics: async () => ({ contentType: metrics.contentType, text: await metrics.text() }),
    stopping: stopping.signal,
    admit: admission({
      limits,
      access: createAccess(options.tokens ?? null, options.host ?? null),
      inFlight,
      stopping: stopping.signal,
    }),
    holdOpen: ({ exchange }) => {
      if (inFlight.heldOpen() >= limits.concurrentStreams) {
        const detail = `There are ${limits.concurrentStreams} open streams already: try again soon, or elsewhere.`;
        throw new ProblemError('overloaded', { detail, headers: { 'retry-after': '5' } });
      }
      inFlight.holdOpen(exchange);
    },
    stop: stopper(app, inFlight, stopping),
  });
  app.decorateRequest('exchange');
  app.decorateRequest('isNdjson', false);
  addBodyParsers(app, limits);

  app.addHook('onRoute', (route) => routes.add(route.url, route.method));
  app.addHook('onRequest', (request, reply, done) => {
    const exchange = openExchange(request, reply, options.ownKey ?? null);
    request.exchange = exchange;
    reply.header('x-correlation-id', exchange.correlationId);
    if (stopping.signal.aborted) reply.header('connection', 'close');
    inFlight.add(exchange);
    reply.raw.on('close', () => {
      inFlight.remove(exchange);
      metrics.observe(exchange);
      if (!reply.raw.writableFinished) exchange.abort(new Error('The client closed the connection.'));
      if (options.logger.isLevelEnabled('debug')) {
        const { method, url } = request.raw;
        const ms = Math.round(performance.now() - exchange.startedAt);
        request.log.debug(
          { method, url, status: reply.raw.statusCode, ms, correlationId: exchange.correlationId },
          'answered',
        );
      }
    });
    if (request.raw.headers.host === undefined && request.raw.httpVersion === '1.1') {
      throw new ProblemError('invalid-input', { detail: 'An HTTP/1.1 request needs a Host header.' });
    }
    done();
  });
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
  app.setNotFoundHandler((request, reply) => answerNoRoute(routes, request, reply));
  app.addHook('onClose', (_app, done) => {
    inFlight.close();
    done();
  });
  return app;
};
