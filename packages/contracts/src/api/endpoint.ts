import type { z } from 'zod';

import type { scopes } from '../choices.ts';
import type { ProblemCode } from '../problem.ts';

export { scopes } from '../choices.ts';
/** What a token allows. `null` on an endpoint: open to all (health, metrics, the description of the API). */
export type Scope = (typeof scopes)[number];

export interface ResponseDescription {
  readonly description: string;
  /** By media type; a schema of one line for `application/x-ndjson`. */
  readonly content?: Readonly<Record<string, z.ZodType>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A body to start from. */
export interface Example {
  readonly summary: string;
  readonly value: unknown;
}

/**
 * One call of the API, said once: the routes, the checks of what comes in and the OpenAPI document are all made from
 * it. Paths are written as in OpenAPI (`/v1/statements/{id}`); query values arrive as strings, so their schemas start
 * from strings.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Headers extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  readonly operationId: string;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: `/${string}`;
  readonly tag: 'Writing' | 'Reading' | 'Operating';
  readonly summary: string;
  readonly description?: string;
  readonly scope: Scope | null;
  readonly params: Params;
  readonly query: Query;
  /** Only the headers that the call itself reads. */
  readonly headers: Headers;
  /** The JSON body; `ndjson` is the schema of one line where the call also takes `application/x-ndjson`. */
  readonly body?: {
    readonly json: Body;
    readonly ndjson?: z.ZodType;
    /** Of the JSON body, by name. */
    readonly examples?: Readonly<Record<string, Example>>;
  };
  readonly responses: Readonly<Record<number, ResponseDescription>>;
  /** The problems that this call can answer with, besides those that every call can. */
  readonly problems: readonly ProblemCode[];
}

export const defineEndpoint = <
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
>(
  endpoint: Endpoint<Params, Query, Headers, Body>,
): Endpoint<Params, Query, Headers, Body> => endpoint;
