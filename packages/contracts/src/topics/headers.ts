import { z } from 'zod';

import { changeIdSchema } from '../api/reading/change.ts';
import type { ChangeEventType } from '../api/reading/published-change.ts';

// Headers are texts, numbers in them too. Those beyond the ones named are let be: brokers and tracers add some.

const count = (description: string) =>
  z
    .string()
    .regex(/^(?:0|[1-9]\d*)$/)
    .meta({ description });

const json = z.literal('application/json');

/** What is said of it is said of all types alike. */
const typeOf = <Type extends string>(type: Type) => z.literal(type).meta({ description: 'What kind of record it is' });

/** What CloudEvents 1.0 asks of every record, in its binary mode. */
const cloudEvent = {
  ce_specversion: z.literal('1.0'),
  ce_id: z.string().min(1).meta({ description: 'With `ce_source`, the same for the same record sent again' }),
  ce_time: z.iso.datetime().meta({ description: 'When it was recorded' }),
  'content-type': json,
} as const;

const ofEvents = { ...cloudEvent, ce_source: z.literal('/stance/events') } as const;

const inLog = {
  ce_sourceposition: count('The position in the log: it grows, but may have gaps'),
  ce_sequence: count('How many events the log has up to there'),
} as const;

/** The headers of an event of one type and version. */
export const eventHeadersSchema = (type: string, version: number) =>
  z.looseObject({
    ...ofEvents,
    ce_type: typeOf(type),
    ce_subject: z.string().meta({ description: 'The stream, such as `statement-s-1`' }),
    ...inLog,
    ce_previousposition: count('The position of the event before it in the log; 0: there is none'),
    ce_streamrevision: count('The place in the stream, from 0'),
    ce_schemaversion: z
      .literal(String(version))
      .meta({ description: 'In which version of the schema of its type the value is' }),
    ce_correlationid: z.string().meta({ description: 'The same for all that one request recorded' }),
    ce_causationid: z.string().optional().meta({ description: 'What it was recorded because of' }),
    ce_traceparent: z.string().optional().meta({ description: 'The trace of the request (W3C Trace Context)' }),
    ce_recordedby: z.string().optional().meta({ description: 'Who recorded it' }),
    ce_batchid: z.string().optional().meta({ description: 'With which import it came' }),
  });

export const eventWatermarkHeadersSchema = z.looseObject({
  ...ofEvents,
  ce_type: typeOf('stance.watermark'),
  ...inLog,
});

const ofChanges = { ...cloudEvent, ce_source: z.literal('/stance/changes') } as const;

const inFeed = {
  ce_feed: z.string().meta({ description: 'The epoch of the feed, as in the ids of the stream of changes' }),
  ce_generation: count('Higher for a later feed: what is of a lower one than was seen before is to be ignored'),
  ce_sequence: count('The position in the feed: from 1, without gaps'),
} as const;

export const changeHeadersSchema = (type: ChangeEventType) =>
  z.looseObject({
    ...ofChanges,
    ce_type: typeOf(type),
    ce_subject: changeIdSchema.meta({ description: 'The id of the change' }),
    ...inFeed,
    ce_replacedby: changeIdSchema
      .optional()
      .meta({ description: 'Of a removed change: the one that stands in its place' }),
  });

export const feedWatermarkHeadersSchema = z.looseObject({
  ...ofChanges,
  ce_type: typeOf('stance.watermark'),
  ...inFeed,
});
