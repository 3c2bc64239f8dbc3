import { inputIssues, ProblemError } from '@stance/contracts';
import type { Endpoint, InputIssue } from '@stance/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { parseQuery } from './query-string.ts';

const refuse = (place: string, errors: readonly InputIssue[]): never => {
  const first = errors[0];
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const what =
    first === undefined ? '' : first.path === '' ? `: ${first.message}` : `: ${first.path}: ${first.message}`;
  throw new ProblemError('invalid-input', { detail: `The ${place} is not valid${what}${more}.`, errors });
};

const parse = <Schema extends z.ZodType>(schema: Schema, value: unknown, place: string): z.output<Schema> => {
  const result = schema.safeParse(value);
  return result.success ? result.data : refuse(place, inputIssues(result.error));
};

const namesIn = (schema: z.ZodType): string[] | null =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : null;

/** Most calls have no headers of their own, many no query or parameters: an object without fields needs no parsing. */
const parsePart = <Schema extends z.ZodType>(
  schema: Schema,
  names: readonly string[] | null,
  values: object,
  place: string,
): z.output<Schema> => (names?.length === 0 ? ({} as z.output<Schema>) : parse(schema, values, place));

/** The checked parts of a request, except its body. */
export interface EndpointInput<Params extends z.ZodType, Query extends z.ZodType, Headers extends z.ZodType> {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly headers: z.output<Headers>;
}

/**
 * Makes the reader of an endpoint's path, query and named headers.
 *
 * @returns a function that throws ProblemError `invalid-input` with all that is wrong in one of the parts.
 */
export const inputReader = <
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
>(
  endpoint: Endpoint<Params, Query, Headers, Body>,
): ((request: FastifyRequest) => EndpointInput<Params, Query, Headers>) => {
  const paramNames = namesIn(endpoint.params);
  const queryNames = namesIn(endpoint.query);
  const headerNames = namesIn(endpoint.headers) ?? [];
  const headerFields = headerNames.map((name) => ({ name, lower: name.toLowerCase() }));

  const readQuery = (target: string): z.output<Query> => {
    const values = parseQuery(target);
    const unknown = queryNames === null ? [] : Object.keys(values).filter((name) => !queryNames.includes(name));
    if (unknown.length > 0) {
      const known =
        queryNames === null || queryNames.length === 0 ? 'there are none' : `known are ${queryNames.join(', ')}`;
      refuse(
        'query string',
        unknown.map((path) => ({ path, message: `unknown query parameter; ${known}` })),
      );
    }
    return parsePart(endpoint.query, queryNames, values, 'query string');
  };

  const readHeaders = (request: FastifyRequest): z.output<Headers> => {
    const values: Record<string, string> = {};
    for (const { name, lower } of headerFields) {
      const value = request.raw.headers[lower];
      if (value !== undefined) values[name] = typeof value === 'string' ? value : value.join(', ');
    }
    return parsePart(endpoint.headers, headerNames, values, 'headers');
  };

  return (request) => ({
    params: parsePart(endpoint.params, paramNames, request.params as object, 'path'),
    query: readQuery(request.raw.url ?? '/'),
    headers: readHeaders(request),
  });
};

/** Makes the reader of an endpoint's JSON body. */
export const bodyReader = <Body extends z.ZodType>(
  endpoint: Endpoint<z.ZodType, z.ZodType, z.ZodType, Body>,
): ((body: unknown) => z.output<Body>) => {
  const schema = endpoint.body?.json;
  if (schema !== undefined) return (body) => parse(schema, body, 'body');
  return (body) =>
    body === undefined || body === null
      ? (undefined as z.output<Body>)
      : refuse('body', [{ path: '', message: 'this call takes no body' }]);
};
