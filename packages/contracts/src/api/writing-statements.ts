import { z } from 'zod';

import { correctionInputSchema, retractionInputSchema } from '../correction.ts';
import { idSchema } from '../ids.ts';
import { statementInputSchema } from '../statement.ts';
import { flagSchema, idParamsSchema, ifMatchSchema, noneSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { statementExamples } from './statement-examples.ts';
import { lineResultSchema, linesSummarySchema, statementWrittenSchema } from './writing-results.ts';

const json = 'application/json';
const ndjson = 'application/x-ndjson';
const etag = { ETag: 'The revision, in double quotes' };

export const postStatements = defineEndpoint({
  operationId: 'postStatements',
  method: 'post',
  path: '/v1/statements',
  tag: 'Writing',
  summary: 'Record one statement, or a stream of them',
  description:
    'As JSON, one statement. As NDJSON, one statement a line, streamed in and out: one result line for each line, in ' +
    'order (blank lines are counted, and answered by nothing); a bad line rejects that line only. Lines are recorded ' +
    'as they come: where the connection is cut, all complete lines count. An answered line is durable. Without an ' +
    '`id` one is derived from the content, so the same statement sent twice is one statement.',
  scope: 'write',
  params: noneSchema,
  query: z.strictObject({
    createMissing: flagSchema
      .optional()
      .meta({ description: 'Register actors and propositions that are not known yet, under their id' }),
    results: z.enum(['all', 'errors']).optional().meta({
      description: 'NDJSON: `errors` answers with rejected lines only, and a closing summary',
    }),
  }),
  headers: z.object({
    'idempotency-key': idSchema.optional().meta({ description: "JSON: the caller's id of the statement" }),
  }),
  body: { json: statementInputSchema, ndjson: statementInputSchema, examples: statementExamples },
  responses: {
    200: {
      description: 'JSON: it was recorded before. NDJSON: a result for each line',
      content: { [json]: statementWrittenSchema, [ndjson]: z.union([lineResultSchema, linesSummarySchema]) },
      headers: etag,
    },
    201: { description: 'Recorded', content: { [json]: statementWrittenSchema }, headers: etag },
  },
  problems: [
    'unknown-actor',
    'unknown-proposition',
    'statement-conflict',
    'not-own-statement',
    'stream-unreadable',
    'store-unavailable',
  ],
});

const changed = {
  200: { description: 'Recorded, or recorded before', content: { [json]: statementWrittenSchema }, headers: etag },
};
const ifMatch = z.object({
  'if-match': ifMatchSchema.optional().meta({ description: 'Refuse if the statement is at another revision' }),
});

export const postCorrection = defineEndpoint({
  operationId: 'postStatementCorrection',
  method: 'post',
  path: '/v1/statements/{id}/correction',
  tag: 'Writing',
  summary: 'Correct the record of a statement',
  description:
    'For mistakes of the record, never for a change of mind. The holder and the proposition cannot be corrected: ' +
    'retract the statement, and submit one that `replaces` it. The same correction sent again is a duplicate, and so ' +
    'is one that changes nothing.',
  scope: 'write',
  params: idParamsSchema,
  query: noneSchema,
  headers: ifMatch,
  body: { json: correctionInputSchema },
  responses: changed,
  problems: [
    'unknown-statement',
    'unknown-actor',
    'statement-retracted',
    'concurrent-write',
    'stream-unreadable',
    'revision-mismatch',
    'store-unavailable',
  ],
});

export const postRetraction = defineEndpoint({
  operationId: 'postStatementRetraction',
  method: 'post',
  path: '/v1/statements/{id}/retraction',
  tag: 'Writing',
  summary: 'Take a statement out of the record',
  description: 'For what should never have been recorded. It counts for nothing from then on, and stays in the log.',
  scope: 'write',
  params: idParamsSchema,
  query: noneSchema,
  headers: ifMatch,
  body: { json: retractionInputSchema },
  responses: changed,
  problems: [
    'unknown-statement',
    'statement-retracted',
    'concurrent-write',
    'stream-unreadable',
    'revision-mismatch',
    'store-unavailable',
  ],
});

export const statementWritingEndpoints = [postStatements, postCorrection, postRetraction] as const;
