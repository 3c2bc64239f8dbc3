import { z } from 'zod';

import { idSchema } from '../ids.ts';
import { skipInputSchema, streamNameSchema } from '../skip.ts';
import { noHeadersSchema, noneSchema, revisionSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { list, listHeaders, listProblems, one, readHeaders, readProblems } from './reading/answering.ts';
import { instantSchema, listAnswerSchema, positionSchema } from './reading/date.ts';
import { pageParameters } from './reading/parameters.ts';

const projectionParamsSchema = z.strictObject({ name: z.string().min(1).max(128) });
const streamParamsSchema = projectionParamsSchema.extend({ stream: streamNameSchema });

const placeShape = {
  position: positionSchema,
  revision: revisionSchema,
  type: z.string().meta({ description: 'The type of the event' }),
} as const;

const whyShape = {
  code: z.string().meta({ description: 'Why it could not be handled, for programs' }),
  message: z.string().meta({ description: 'The same, for people' }),
} as const;

const parkedHistorySchema = z.strictObject({ holder: idSchema, proposition: idSchema }).meta({ id: 'ParkedHistory' });

export const parkedStreamSchema = z
  .strictObject({
    stream: streamNameSchema,
    ...placeShape,
    eventId: z.string(),
    since: instantSchema.meta({ description: 'When the event was recorded' }),
    ...whyShape,
    waiting: z.int().min(0).meta({ description: 'How many later events of the stream wait behind it' }),
    histories: z
      .array(parkedHistorySchema)
      .meta({ description: 'Those that are incomplete because of it, at most 100' }),
  })
  .meta({ id: 'ParkedStream', description: 'A stream of which an event could not be handled' });

export const parkedStreamDetailSchema = parkedStreamSchema
  .extend({
    schemaVersion: z.int(),
    data: z.string().meta({ description: 'The payload of the event, as it was stored' }),
    detail: z.string().optional().meta({ description: 'Where in the program it failed, where that is known' }),
    behind: z
      .array(z.strictObject({ ...placeShape, ...whyShape }))
      .meta({ description: 'The later events of the stream, at most 100' }),
    knownAt: positionSchema,
  })
  .meta({ id: 'ParkedStreamDetail' });

export const parkedListSchema = listAnswerSchema(parkedStreamSchema, {}).meta({ id: 'ParkedStreamList' });

export const retriedSchema = z
  .strictObject({
    stream: streamNameSchema,
    applied: z.int().min(0).meta({ description: 'So many events count from now on' }),
    parked: z.int().min(0).meta({ description: 'So many stay parked: with the reason that they have now' }),
    reason: z
      .strictObject(whyShape)
      .optional()
      .meta({ description: 'Why the first of those that stay parked cannot be handled' }),
  })
  .meta({ id: 'Retried', description: 'What came of handling the events of a stream again' });

export const skippedSchema = z
  .strictObject({
    stream: streamNameSchema,
    revision: revisionSchema,
    position: positionSchema.meta({ description: 'Of the event that says so' }),
    outcome: z.enum(['accepted', 'duplicate']),
  })
  .meta({ id: 'Skipped', description: 'That an event counts for nothing is recorded' });

export type ParkedStream = z.infer<typeof parkedStreamSchema>;
export type ParkedStreamDetail = z.infer<typeof parkedStreamDetailSchema>;
export type ParkedStreamList = z.infer<typeof parkedListSchema>;
export type Retried = z.infer<typeof retriedSchema>;
export type Skipped = z.infer<typeof skippedSchema>;

const path = '/v1/projections/{name}/parked';

export const listParked = defineEndpoint({
  operationId: 'listParked',
  method: 'get',
  path,
  tag: 'Operating',
  summary: 'What is parked, and why',
  description:
    'An event that cannot be handled is parked with the later events of its stream; everything else goes on. In the order ' +
    'of the log, one item a stream.',
  scope: 'operate',
  params: projectionParamsSchema,
  query: z.strictObject(pageParameters),
  headers: listHeaders,
  responses: list('The parked streams', parkedListSchema, parkedStreamSchema),
  problems: listProblems,
});

export const getParked = defineEndpoint({
  operationId: 'getParked',
  method: 'get',
  path: `${path}/{stream}`,
  tag: 'Operating',
  summary: 'A parked event, as it was stored, and what waits behind it',
  scope: 'operate',
  params: streamParamsSchema,
  query: noneSchema,
  headers: readHeaders,
  responses: one('The event', parkedStreamDetailSchema),
  problems: [...readProblems, 'not-parked'],
});

export const postRetry = defineEndpoint({
  operationId: 'postRetry',
  method: 'post',
  path: `${path}/{stream}/retry`,
  tag: 'Operating',
  summary: 'Handle the events of a parked stream again',
  description:
    'In their order and in one transaction, as if each had been handled in its place. What still cannot be handled stays ' +
    'parked. In a cluster the projector answers this; one that stands by refuses it.',
  scope: 'operate',
  params: streamParamsSchema,
  query: noneSchema,
  headers: noHeadersSchema,
  responses: { 200: { description: 'They were', content: { 'application/json': retriedSchema } } },
  problems: ['not-parked', 'projector-not-at-work', 'read-model-unavailable'],
});

export const postSkip = defineEndpoint({
  operationId: 'postSkip',
  method: 'post',
  path: `${path}/{stream}/skip`,
  tag: 'Operating',
  summary: 'Say that a parked event counts for nothing',
  description:
    'Appends `EventSkipped` to the stream `registry`, so that every rebuild knows it; the rest of the stream is handled ' +
    'again. It cannot be taken back. The same again is a duplicate. In a cluster the projector answers this; one that ' +
    'stands by refuses it.',
  scope: 'operate',
  params: streamParamsSchema,
  query: noneSchema,
  headers: noHeadersSchema,
  body: { json: skipInputSchema },
  responses: { 200: { description: 'It is recorded, or was', content: { 'application/json': skippedSchema } } },
  problems: ['not-parked', 'projector-not-at-work', 'concurrent-write', 'store-unavailable', 'read-model-unavailable'],
});

/** What whoever reads the read model answers. */
export const parkedReadingEndpoints = [listParked, getParked] as const;

/** What whoever writes it answers. */
export const parkedCommandEndpoints = [postRetry, postSkip] as const;
