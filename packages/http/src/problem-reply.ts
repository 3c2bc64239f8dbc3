import { isProblemCode, problemDocument, ProblemError } from '@stance/contracts';
import type { ProblemCode } from '@stance/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What Fastify finds wrong with a request, in our words. */
const fastifyProblems: Readonly<Record<string, { readonly code: ProblemCode; readonly detail: string }>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported-media-type',
    detail:
      'The Content-Type of the body is missing or not one that this call takes: application/json, or for lines application/x-ndjson.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'invalid-input',
    detail: 'The body is not as long as its Content-Length says.',
  },
  FST_ERR_BAD_URL: { code: 'invalid-input', detail: 'The path is not percent-encoded UTF-8.' },
};

const propertyOf = (error: unknown, name: 'code' | 'statusCode'): unknown =>
  typeof error === 'object' && error !== null && name in error ? Reflect.get(error, name) : undefined;

const tooLarge = (detail: string, cause: unknown): ProblemError => new ProblemError('too-large', { detail, cause });

/** Any error as the problem that the client sees; what nobody foresaw says nothing of its inside. */
const toProblemError = (error: unknown, request: FastifyRequest): ProblemError => {
  if (error instanceof ProblemError) return error;
  const code = propertyOf(error, 'code');
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const { bodyLimit } = request.routeOptions;
    return tooLarge(`The body is larger than the ${bodyLimit} bytes that this call takes.`, error);
  }
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') {
    const { targetLength } = request.server.kit.limits;
    return tooLarge(`A part of the path is longer than ${targetLength} characters.`, error);
  }
  const known = typeof code === 'string' ? fastifyProblems[code] : undefined;
  if (known !== undefined) return new ProblemError(known.code, { detail: known.detail, cause: error });
  const status = propertyOf(error, 'statusCode');
  if (typeof code === 'string' && isProblemCode(code)) return new ProblemError(code, { cause: error });
  if (
    typeof status === 'number' &&
    status >= 400 &&
    status < 500 &&
    typeof code === 'string' &&
    code.startsWith('FST_')
  ) {
    return new ProblemError('invalid-input', { detail: 'The request cannot be read.', cause: error });
  }
  return new ProblemError('internal', { cause: error });
};

/** Answers with a problem document; a service's own failure is logged with its cause. */
export const sendProblem = (request: FastifyRequest, reply: FastifyReply, error: unknown): void => {
  // The client has gone: nobody is left to be told.
  if (reply.raw.destroyed) return;
  const problem = toProblemError(error, request);
  if (problem.status >= 500 && !problem.retryable)
    request.log.error({ err: problem.cause ?? problem }, problem.message);
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  for (const [name, value] of Object.entries(problem.headers)) reply.header(name, value);
  const waits = problem.status === 503 || problem.status === 429;
  if (waits && !reply.hasHeader('retry-after')) reply.header('retry-after', '1');
  const target = request.raw.url ?? '/';
  const end = target.indexOf('?');
  const document = problem.document({ instance: end === -1 ? target : target.slice(0, end), requestId: request.id });
  void reply.code(problem.status).header('content-type', 'application/problem+json').send(JSON.stringify(document));
};

/** A whole HTTP answer with a problem, for a connection on which Node could not read a request. */
export const rawProblem = (code: ProblemCode, detail: string, status?: number): string => {
  const document = problemDocument(code, { detail });
  const body = JSON.stringify(status === undefined ? document : { ...document, status });
  return [
    `HTTP/1.1 ${status ?? document.status} ${document.title}`,
    'Connection: close',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
};
