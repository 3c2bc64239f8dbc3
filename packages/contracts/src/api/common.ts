import { z } from 'zod';

import { idSchema } from '../ids.ts';
import type { ProblemCode } from '../problem.ts';

/** For calls that take nothing in the path, the query or the headers. */
export const noneSchema = z.strictObject({});

/** Headers are never exhaustive: only those that a call reads are looked at. */
export const noHeadersSchema = z.object({});

export const idParamsSchema = z.strictObject({ id: idSchema });

/** `true` or `false`, as it stands in a query. */
export const flagSchema = z.enum(['true', 'false']).transform((value) => value === 'true');

export const revisionSchema = z
  .int()
  .min(0)
  .meta({ id: 'Revision', description: 'How often the resource was written to before: 0 for the first time' });

/** `"3"`: the resource is to be at this revision. */
export const ifMatchSchema = z
  .string()
  .regex(/^"(0|[1-9]\d{0,14})"$/, 'must be a revision in double quotes, such as "3"')
  .transform((tag) => Number(tag.slice(1, -1)));

/** Problems that any call can answer with. */
export const commonProblems = [
  'invalid-input',
  'unauthorized',
  'forbidden',
  'not-found',
  'method-not-allowed',
  'not-acceptable',
  'request-timeout',
  'too-large',
  'too-many-requests',
  'internal',
  'shutting-down',
  'overloaded',
] as const satisfies readonly ProblemCode[];

/** Problems that any call with a body can answer with. */
export const bodyProblems = [
  'malformed-json',
  'wrong-encoding',
  'unsupported-media-type',
] as const satisfies readonly ProblemCode[];
