import { z } from 'zod';

import { changeIdSchema } from '../api/reading/change.ts';
import { changeEventTypes, publishedChangeSchema } from '../api/reading/published-change.ts';
import { eventRegistry } from '../events/index.ts';
import { idSchema } from '../ids.ts';
import {
  changeHeadersSchema,
  eventHeadersSchema,
  eventWatermarkHeadersSchema,
  feedWatermarkHeadersSchema,
} from './headers.ts';
import { eventWatermarkSchema, feedWatermarkSchema } from './watermarks.ts';

/** A kind of record in a topic. */
export interface TopicMessage {
  /** One of its own among all messages. */
  readonly id: string;
  /** The `ce_type`. */
  readonly name: string;
  readonly summary: string;
  /** `null`: it has none. */
  readonly key: z.ZodType;
  readonly headers: z.ZodType;
  /** `null`: it is a tombstone. */
  readonly payload: z.ZodType;
}

export interface Topic {
  readonly id: 'events' | 'changes' | 'currentChanges';
  readonly address: string;
  readonly title: string;
  readonly description: string;
  readonly cleanupPolicy: 'delete' | 'compact';
  /** In milliseconds: of what is there, or, where it is compacted, of tombstones. */
  readonly retention: number;
  readonly messages: readonly TopicMessage[];
}

const noKey = z.null();
const tombstone = z.null().meta({ description: 'A tombstone' });
const month = 30 * 24 * 60 * 60 * 1000;

const versionsOf = (type: string): readonly number[] =>
  Array.from({ length: eventRegistry.currentVersion(type) }, (_, index) => index + 1);

const eventMessages = eventRegistry.types.flatMap((type): readonly TopicMessage[] =>
  versionsOf(type).map((version) => ({
    id: `${type}-v${String(version)}`,
    name: type,
    summary: `${type}, in version ${String(version)} of its schema`,
    key: z.string().meta({
      description: type.startsWith('Statement') ? 'The holder' : 'The stream',
    }),
    headers: eventHeadersSchema(type, version),
    payload: eventRegistry.schema(type, version),
  })),
);

const summaries = {
  StanceChangeDetected: 'A change came into the set',
  StanceChangeRevised: 'A change of the set is another by now',
  StanceChangeRemoved: 'A change is in the set no more; told as it was last',
} as const;

const watermark = 'Up to where this partition has everything';

/** What the service gives to a broker. */
export const topics: readonly Topic[] = [
  {
    id: 'events',
    address: 'stance.events.v1',
    title: 'Every event',
    description:
      'All that was recorded, each event in the version in which it was written. Those of one key are in one partition, in the order recorded; one may come twice, with the same `ce_id`.',
    cleanupPolicy: 'delete',
    retention: month,
    messages: [
      ...eventMessages,
      {
        id: 'EventWatermark',
        name: 'stance.watermark',
        summary: watermark,
        key: noKey,
        headers: eventWatermarkHeadersSchema,
        payload: eventWatermarkSchema,
      },
    ],
  },
  {
    id: 'changes',
    address: 'stance.changes.v1',
    title: 'Every entry of the feed of changes',
    description:
      'Applied in order, by `ce_generation` and `ce_sequence`, they give the current set of changes; it is exact once all partitions have reached one watermark. Written in transactions.',
    cleanupPolicy: 'delete',
    retention: month,
    messages: [
      ...changeEventTypes.map((type) => ({
        id: type,
        name: type,
        summary: summaries[type],
        key: idSchema.meta({ description: 'The holder' }),
        headers: changeHeadersSchema(type),
        payload: publishedChangeSchema,
      })),
      {
        id: 'FeedWatermark',
        name: 'stance.watermark',
        summary: watermark,
        key: noKey,
        headers: feedWatermarkHeadersSchema,
        payload: feedWatermarkSchema,
      },
    ],
  },
  {
    id: 'currentChanges',
    address: 'stance.changes.current.v1',
    title: 'The current set of changes',
    description:
      'Compacted: read from the beginning to the end it gives the current set, by key. Written in transactions.',
    cleanupPolicy: 'compact',
    retention: month,
    messages: [
      ...changeEventTypes.map((type) => ({
        id: `Current${type}`,
        name: type,
        summary: summaries[type],
        key: changeIdSchema.meta({ description: 'The id of the change' }),
        headers: changeHeadersSchema(type),
        payload: type === 'StanceChangeRemoved' ? tombstone : publishedChangeSchema,
      })),
      {
        id: 'CurrentWatermark',
        name: 'stance.watermark',
        summary: `${watermark}: a tombstone of what never was`,
        key: z.literal('watermark'),
        headers: feedWatermarkHeadersSchema,
        payload: tombstone,
      },
    ],
  },
];
