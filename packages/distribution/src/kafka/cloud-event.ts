import type { EventMetadata } from '@stance/event-store';
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';

import type { DistributedRecord, LinkedEvent, Watermark } from '../distribution.ts';
import { partitionKeyOf } from '../partition-key.ts';
import { createHeaderReader } from './decode-record.ts';

/** A message that Kafka is to be sent, but for its partition. */
export type OutgoingMessage = Message & { readonly key: string; readonly headers: IHeaders };

const specVersion = Buffer.from('1.0');
const source = Buffer.from('/stance/events');
const json = Buffer.from('application/json');
const watermarkType = Buffer.from('stance.watermark');

/** Those of one append share their stamp: it is written out once. */
const createTimes = (): ((recordedAt: number) => Buffer) => {
  let stamp = Number.NaN;
  let text = json;
  return (recordedAt) => {
    if (recordedAt !== stamp) {
      stamp = recordedAt;
      text = Buffer.from(new Date(recordedAt).toISOString());
    }
    return text;
  };
};

/** Writes events and watermarks as CloudEvents 1.0 in Kafka's binary mode: attributes in headers, `data` as it is. */
export interface CloudEventEncoder {
  event(linked: LinkedEvent): OutgoingMessage;
  watermark(watermark: Watermark): Message;
}

export function createCloudEventEncoder(): CloudEventEncoder {
  const timeOf = createTimes();
  return {
    event({ event, previous, count }) {
      const { correlationId, causationId, traceparent, recordedBy, batchId } = event.metadata;
      const headers: IHeaders = {
        ce_specversion: specVersion,
        ce_id: event.id,
        ce_source: source,
        ce_type: event.type,
        ce_time: timeOf(event.recordedAt),
        ce_subject: event.stream,
        'content-type': json,
        ce_sourceposition: String(event.position),
        ce_previousposition: String(previous),
        ce_sequence: String(count),
        ce_streamrevision: String(event.revision),
        ce_schemaversion: String(event.schemaVersion),
        ce_correlationid: correlationId,
      };
      if (causationId !== undefined) headers['ce_causationid'] = causationId;
      if (traceparent !== undefined) headers['ce_traceparent'] = traceparent;
      if (recordedBy !== undefined) headers['ce_recordedby'] = recordedBy;
      if (batchId !== undefined) headers['ce_batchid'] = batchId;
      return { key: partitionKeyOf(event), value: event.data, headers };
    },
    watermark({ position, count, recordedAt }) {
      return {
        value: JSON.stringify({ position, count, recordedAt }),
        headers: {
          ce_specversion: specVersion,
          ce_id: `watermark-${position}`,
          ce_source: source,
          ce_type: watermarkType,
          ce_time: timeOf(recordedAt),
          'content-type': json,
          ce_sourceposition: String(position),
          ce_sequence: String(count),
        },
      };
    },
  };
}

/** In the order in which they are written. */
const names = [
  'ce_specversion',
  'ce_id',
  'ce_source',
  'ce_type',
  'ce_time',
  'ce_subject',
  'content-type',
  'ce_sourceposition',
  'ce_previousposition',
  'ce_sequence',
  'ce_streamrevision',
  'ce_schemaversion',
  'ce_correlationid',
  'ce_causationid',
  'ce_traceparent',
  'ce_recordedby',
  'ce_batchid',
];

type Texts = Readonly<Record<string, string>>;

const readTexts = createHeaderReader(names);

/** A message of kafkajs; `rawHeaders` where it was read by {@link decodeRecord}. */
export type IncomingMessage = Pick<KafkaMessage, 'value' | 'headers'> & { readonly rawHeaders?: Buffer };

/** Reads what {@link createCloudEventEncoder} writes: exactly the event that was given to it. Anything else is `unreadable`. */
export function decodeMessage(message: IncomingMessage): DistributedRecord {
  try {
    const { value, rawHeaders } = message;
    const headers = rawHeaders === undefined ? textsOf(message.headers ?? {}) : readTexts(rawHeaders);
    if (headers['ce_specversion'] !== '1.0') return { kind: 'unreadable', reason: 'it is no CloudEvent 1.0' };
    if (value === null) return { kind: 'unreadable', reason: 'it has no data' };
    const type = text(headers, 'ce_type');
    const recordedAt = timeIn(text(headers, 'ce_time'));
    if (Number.isNaN(recordedAt)) return { kind: 'unreadable', reason: 'ce_time is no time' };
    const position = whole(headers, 'ce_sourceposition');
    const count = whole(headers, 'ce_sequence');
    if (type === 'stance.watermark') return { kind: 'watermark', watermark: { position, count, recordedAt } };
    const event = {
      position,
      stream: text(headers, 'ce_subject'),
      revision: whole(headers, 'ce_streamrevision'),
      id: text(headers, 'ce_id'),
      type,
      schemaVersion: whole(headers, 'ce_schemaversion'),
      recordedAt,
      data: value.toString('utf8'),
      metadata: metadataIn(headers),
    };
    return { kind: 'event', linked: { event, previous: whole(headers, 'ce_previousposition'), count } };
  } catch (error) {
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
}

function textsOf(headers: IHeaders): Texts {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      Buffer.isBuffer(value) ? [[name, value.toString('utf8')]] : [],
    ),
  );
}

/** The time that was read last: those of one append share it. */
let lastTime = { text: '', recordedAt: Number.NaN };

function timeIn(text: string): number {
  if (text !== lastTime.text) lastTime = { text, recordedAt: Date.parse(text) };
  return lastTime.recordedAt;
}

function metadataIn(headers: Texts): EventMetadata {
  const metadata: { -readonly [Key in keyof EventMetadata]: EventMetadata[Key] } = {
    correlationId: text(headers, 'ce_correlationid'),
  };
  if (headers['ce_causationid'] !== undefined) metadata.causationId = headers['ce_causationid'];
  if (headers['ce_traceparent'] !== undefined) metadata.traceparent = headers['ce_traceparent'];
  if (headers['ce_recordedby'] !== undefined) metadata.recordedBy = headers['ce_recordedby'];
  if (headers['ce_batchid'] !== undefined) metadata.batchId = headers['ce_batchid'];
  return metadata;
}

function text(headers: Texts, name: string): string {
  const header = headers[name];
  if (header === undefined) throw new Error(`the header ${name} is missing`);
  return header;
}

function whole(headers: Texts, name: string): number {
  const header = text(headers, name);
  const number = Number(header);
  if (header === '' || !Number.isSafeInteger(number)) throw new Error(`the header ${name} is no whole number`);
  return number;
}
