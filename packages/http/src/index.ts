export type { FastifyInstance as HttpApp, FastifyReply as HttpReply, FastifyRequest as HttpRequest } from 'fastify';
export { createHttpApp } from './app.ts';
export type { HttpAppOptions } from './app.ts';
export { registerEndpoint } from './endpoint.ts';
export type {
  Answer,
  EndpointOptions,
  Handler,
  HandlerInput,
  JsonInput,
  NdjsonInput,
  RawExchange,
} from './endpoint.ts';
export { isLocalName } from './access.ts';
export type { Identity } from './access.ts';
export type { HttpKit } from './kit.ts';
export { defaultLimits } from './limits.ts';
export type { HttpLimits } from './limits.ts';
export { ownKeyHeader } from './correlation.ts';
export { matchesEtag, strongEtag, weakEtag } from './etag.ts';
export { parseJsonText, readJson } from './json-text.ts';
export { writeNdjson } from './ndjson.ts';
export { commentFrame, eventFrame, openEventStream, retryFrame } from './event-stream.ts';
export type { EventStream } from './event-stream.ts';
export { hashToken, newToken, parseTokens, readTokens, TokenFileError, tokenNameSchema } from './tokens.ts';
export type { Token } from './tokens.ts';
export { registerOperating } from './operating.ts';
export type { OperatingOptions } from './operating.ts';
