import { createRequire } from 'node:module';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { LinkedEvent } from '../../src/index.ts';
import { createCloudEventEncoder, decodeMessage, type IncomingMessage } from '../../src/kafka/cloud-event.ts';
import { decodeRecord } from '../../src/kafka/decode-record.ts';

const require = createRequire(import.meta.url);
const encodeRecord = require('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (record: object) => {
  readonly buffer: Buffer;
};
const Decoder = require('kafkajs/src/protocol/decoder.js') as new (buffer: Buffer) => { readVarIntBytes(): Buffer };
const context = { firstOffset: '0', firstTimestamp: '0', maxTimestamp: '0', magicByte: 2, timestampType: 0 };

/** What comes of a message on its way through Kafka. */
const received = (message: object) =>
  decodeRecord(new Decoder(encodeRecord(message).buffer).readVarIntBytes(), context) as IncomingMessage;
/** The same, its headers taken apart as kafkajs does. */
const takenApart = ({ value, headers = {} }: IncomingMessage): IncomingMessage => ({ value, headers });

const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const linked: fc.Arbitrary<LinkedEvent> = fc.record({
  event: fc.record({
    position: fc.maxSafeNat(),
    stream: text,
    revision: fc.nat(),
    id: text,
    type: text.filter((type) => type !== 'stance.watermark'),
    schemaVersion: fc.nat(100),
    recordedAt: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    data: fc.json(),
    metadata: fc.record(
      { correlationId: text, causationId: text, traceparent: text, recordedBy: text, batchId: text },
      { requiredKeys: ['correlationId'] },
    ),
  }),
  previous: fc.maxSafeNat(),
  count: fc.maxSafeNat(),
});

describe('an event as a CloudEvent in Kafka', () => {
  it('is read as it was, its headers taken apart by kafkajs or not', () => {
    const encoder = createCloudEventEncoder();
    fc.assert(
      fc.property(linked, (given) => {
        const message = received(encoder.event(given));
        expect(decodeMessage(message)).toEqual({ kind: 'event', linked: given });
        expect(decodeMessage(takenApart(message))).toEqual({ kind: 'event', linked: given });
      }),
    );
  });

  it('has the attributes that CloudEvents 1.0 asks for, and its data as they are', () => {
    const metadata = { correlationId: 'c-1', recordedBy: 'ann' };
    const event = {
      position: 40,
      stream: 'statement-1',
      revision: 1,
      id: 'e-1',
      type: 'StatementRetracted',
      schemaVersion: 1,
      recordedAt: Date.UTC(2024, 5, 6),
      data: '{ "holder": "bob" }',
      metadata,
    };
    const { key, value, headers } = createCloudEventEncoder().event({ event, previous: 30, count: 4 });
    expect({ key, value }).toEqual({ key: 'bob', value: event.data });
    expect(Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, String(header)]))).toEqual({
      ce_specversion: '1.0',
      ce_id: 'e-1',
      ce_source: '/stance/events',
      ce_type: 'StatementRetracted',
      ce_time: '2024-06-06T00:00:00.000Z',
      ce_subject: 'statement-1',
      'content-type': 'application/json',
      ce_sourceposition: '40',
      ce_previousposition: '30',
      ce_sequence: '4',
      ce_streamrevision: '1',
      ce_schemaversion: '1',
      ce_correlationid: 'c-1',
      ce_recordedby: 'ann',
    });
  });

  it('is unreadable where a header is missing, twice there, or makes no sense', () => {
    const encoder = createCloudEventEncoder();
    const [given] = fc.sample(linked, { numRuns: 1, seed: 1 });
    if (given === undefined) throw new Error('one was asked for');
    const { value, headers } = encoder.event(given);
    const spoilt: object[] = [
      { ...headers, ce_specversion: '0.3' },
      { ...headers, ce_time: 'soon' },
      { ...headers, ce_sequence: '1.5' },
      { ...headers, ce_sourceposition: '' },
      { ...headers, ce_sourceposition: '99999999999999999999' },
      { ...headers, ce_id: ['one', 'two'] },
      ...['ce_id', 'ce_type', 'ce_subject', 'ce_streamrevision', 'ce_correlationid', 'ce_previousposition'].map(
        (name) => Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name)),
      ),
    ];
    for (const each of spoilt) {
      const message = received({ value, headers: each });
      expect(decodeMessage(message).kind).toBe('unreadable');
      expect(decodeMessage(takenApart(message)).kind).toBe('unreadable');
    }
    expect(decodeMessage(received({ value: null, headers })).kind).toBe('unreadable');
    expect(decodeMessage(received({ value })).kind).toBe('unreadable');
  });
});
