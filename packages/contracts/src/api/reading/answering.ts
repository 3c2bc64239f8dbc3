import { z } from 'zod';

import type { ProblemCode } from '../../problem.ts';
import type { ResponseDescription } from '../endpoint.ts';

/** What every read takes; below, what the calls of the reading side have in common. */
export const readHeaders = z.object({
  'if-none-match': z
    .string()
    .max(2000)
    .optional()
    .meta({ description: 'An ETag: 304 where the answer is still that one' }),
});
export const listHeaders = readHeaders.extend({
  accept: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: '`application/x-ndjson`: the whole list, one item a line' }),
});
export const noParams = z.object({});

export const answered = {
  ETag: 'Changes with the answer',
  'Stance-Known-At': 'The position of the log that the answer is of',
};
export const notModified: ResponseDescription = { description: 'Not changed since the ETag given', headers: answered };

export const one = (description: string, schema: z.ZodType): Record<number, ResponseDescription> => ({
  200: { description, content: { 'application/json': schema }, headers: answered },
  304: notModified,
});

export const list = (description: string, schema: z.ZodType, line: z.ZodType): Record<number, ResponseDescription> => ({
  200: { description, content: { 'application/json': schema, 'application/x-ndjson': line }, headers: answered },
  304: notModified,
});

export const readProblems: readonly ProblemCode[] = ['invalid-input', 'known-at-in-future', 'not-caught-up'];
export const listProblems: readonly ProblemCode[] = [...readProblems, 'invalid-cursor', 'not-acceptable'];
