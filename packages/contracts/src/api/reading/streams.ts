import { z } from 'zod';

import { defineEndpoint } from '../endpoint.ts';
import { noParams } from './answering.ts';
import { changeIdSchema, changeSchema, changesFilter } from './change.ts';
import { historyFilter } from './parameters.ts';
import { statementDetailSchema } from './statement.ts';

/** Where a reader of a stream is: `0`, before everything, or the id of an event. To clients it is opaque. */
export const streamIdSchema = z
  .string()
  .max(200)
  .regex(
    /^(?:0|[A-Za-z0-9-]{1,64}\.(?:0|[1-9]\d{0,14})(?:\.[0-9a-f]{8})?)$/,
    'must be the id of an event of this stream, or 0 for all of it',
  );

/** Why a reader has to begin anew. */
export const resetReasonSchema = z.enum(['unknown-epoch', 'ahead', 'holder-changed']).meta({
  id: 'ResetReason',
  description:
    'unknown-epoch: the id is of another feed or log; ahead: of a position that there is not, as after a backup was put back; holder-changed: by a merge, or its end, the holder asked for answers as somebody else than before',
});

const event = <Name extends string, Data extends z.ZodType>(name: Name, data: Data) =>
  z.strictObject({ id: streamIdSchema, event: z.literal(name), data });

const beginAnew = event('reset', z.strictObject({ reason: resetReasonSchema }));
const position = event('position', z.strictObject({}));

export const changeEventDataSchema = z.strictObject({ change: changeSchema });

export const removalReasonSchema = z.enum(['gone', 'no-match']).meta({
  description: 'gone: its ground has gone; no-match: it does not match the filters any more, as it stands in `change`',
});

export const changeRemovedDataSchema = changeEventDataSchema.extend({
  reason: removalReasonSchema,
  replacedBy: changeIdSchema.optional().meta({ description: 'Of one that has gone: the change in its place' }),
});

/** An event of the stream of changes, its data parsed. */
export const changeStreamEventSchema = z
  .union([
    event('StanceChangeDetected', changeEventDataSchema),
    event('StanceChangeRevised', changeEventDataSchema),
    event('StanceChangeRemoved', changeRemovedDataSchema),
    beginAnew,
    position,
  ])
  .meta({ id: 'ChangeStreamEvent', description: 'One event; its data stand there as one line of JSON' });

export const statementEventDataSchema = z.strictObject({ statement: statementDetailSchema });

/** An event of the stream of statements, its data parsed. */
export const statementStreamEventSchema = z
  .union([
    event('StatementMade', statementEventDataSchema),
    event('StatementCorrected', statementEventDataSchema),
    event('StatementRetracted', statementEventDataSchema),
    beginAnew,
    position,
  ])
  .meta({ id: 'StatementStreamEvent', description: 'One event; its data stand there as one line of JSON' });

export type ResetReason = z.infer<typeof resetReasonSchema>;
export type ChangeEventData = z.infer<typeof changeEventDataSchema>;
export type ChangeRemovedData = z.infer<typeof changeRemovedDataSchema>;
export type ChangeStreamEvent = z.infer<typeof changeStreamEventSchema>;
export type StatementEventData = z.infer<typeof statementEventDataSchema>;
export type StatementStreamEvent = z.infer<typeof statementStreamEventSchema>;

const resumption = {
  after: streamIdSchema.optional().meta({
    description: 'Go on after the event with this id; `0`: from the very beginning. Default: from now on.',
  }),
} as const;

const streamHeaders = z.object({
  'last-event-id': streamIdSchema
    .optional()
    .meta({ description: 'The same as `after`, and goes before it: browsers send it when they connect again' }),
});

const streamed = (description: string, schema: z.ZodType) => ({
  200: { description, content: { 'text/event-stream': schema } },
});

const shared = {
  method: 'get',
  tag: 'Reading',
  scope: 'read',
  params: noParams,
  headers: streamHeaders,
  problems: ['not-acceptable', 'not-caught-up', 'unknown-actor', 'unknown-proposition'],
} as const;

const ways =
  'Server-sent events without end. `after`, or the header `Last-Event-ID`, says where to go on: nothing is missed then, and ' +
  'nothing comes twice. `position` says up to where everything was sent; `reset`, that the reader has to drop what it ' +
  'has: all that there is follows, up to the next `position`. ';

export const streamChanges = defineEndpoint({
  ...shared,
  operationId: 'streamChanges',
  path: '/v1/changes/stream',
  summary: 'Changes as they are published, with the filters of the list',
  description: `${ways}Applied in order, by the id of the change, they always give the current set: a change that comes to match the filters is sent as detected, one that ceases to, as removed.`,
  query: z.strictObject({ ...changesFilter, ...resumption }),
  responses: streamed('Events, without end', changeStreamEventSchema),
});

export const streamStatements = defineEndpoint({
  ...shared,
  operationId: 'streamStatements',
  path: '/v1/statements/stream',
  summary: 'Statements, corrections and retractions in the order recorded',
  description: `${ways}Each statement is told as it was known from that event on.`,
  query: z.strictObject({ ...historyFilter, ...resumption }),
  responses: streamed('Events, without end', statementStreamEventSchema),
});

/** The calls whose answers never end. */
export const streamEndpoints = [streamChanges, streamStatements] as const;
