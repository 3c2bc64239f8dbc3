import { createRequire } from 'node:module';

import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { describe, expect, it } from 'vitest';

import { partitionOf } from '../../src/kafka/partitioner.ts';
import { decodeRecord, encodeRecord, type BatchContext } from '../../src/kafka/record-format.ts';

// kafkajs's own, which this test loads before anybody can replace it.
const require = createRequire(import.meta.url);
interface TheirEncoder {
  readonly buffer: Buffer;
}
const theirEncode = require('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (record: object) => TheirEncoder;
const theirDecode = require('kafkajs/src/protocol/recordBatch/record/v0/decoder.js') as (
  decoder: object,
  context: BatchContext,
) => object;
const Decoder = require('kafkajs/src/protocol/decoder.js') as new (buffer: Buffer) => { readVarIntBytes(): Buffer };

const bytes = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
);
const record = fc.record(
  {
    key: fc.option(bytes),
    value: fc.option(bytes),
    headers: fc.dictionary(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((name) => name !== '__proto__'),
      fc.oneof(bytes, fc.array(bytes, { minLength: 1, maxLength: 3 })),
      { maxKeys: 20 },
    ),
    offsetDelta: fc.nat(100_000),
    timestampDelta: fc.nat(1_000_000_000),
  },
  { requiredKeys: ['value'] },
);
const context = fc.record({
  firstOffset: fc.nat().map(String),
  firstTimestamp: fc.integer({ min: 0, max: 2 ** 45 }).map(String),
  maxTimestamp: fc.integer({ min: 0, max: 2 ** 45 }).map(String),
  magicByte: fc.constant(2),
  isControlBatch: fc.boolean(),
  timestampType: fc.constantFrom(0, 1),
});

describe('records', () => {
  it('are written byte for byte as kafkajs writes them', () => {
    fc.assert(
      fc.property(record, (given) => {
        expect(encodeRecord(given).equals(theirEncode(given).buffer)).toBe(true);
      }),
    );
  });

  it('are read as kafkajs reads them', () => {
    fc.assert(
      fc.property(record, context, (given, batch) => {
        const body = new Decoder(encodeRecord(given)).readVarIntBytes();
        expect(decodeRecord(body, batch)).toEqual(theirDecode(new Decoder(body), batch));
      }),
    );
  });

  it('take any length', () => {
    const value = 'ä'.repeat(3_000_000);
    const body = new Decoder(encodeRecord({ value })).readVarIntBytes();
    expect(body.length).toBeGreaterThan(6_000_000);
    expect(new Decoder(encodeRecord({ value: 'short' })).readVarIntBytes().includes('short')).toBe(true);
  });
});

describe('the partition of a key', () => {
  it('is the one that kafkajs chooses', () => {
    const choose = Partitioners.DefaultPartitioner();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (key, partitions) => {
        const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, leader: 0 }));
        const message = { key, value: '' };
        expect(partitionOf(key, partitions)).toBe(
          choose({ topic: 't', partitionMetadata: partitionMetadata as never, message }),
        );
      }),
    );
  });
});
