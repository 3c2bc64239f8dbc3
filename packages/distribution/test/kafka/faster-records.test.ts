import { createRequire } from 'node:module';

import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { decodeRecord, type BatchContext } from '../../src/kafka/decode-record.ts';
import { groupByPartition } from '../../src/kafka/group-by-partition.ts';
import { partitionOf } from '../../src/kafka/partitioner.ts';
import { encodeProduceRequest, type ProduceParts } from '../../src/kafka/produce-request.ts';

// kafkajs's own, loaded anew: whoever loaded it before in this process may have replaced some of it.
const require = createRequire(import.meta.url);
for (const path of Object.keys(require.cache)) if (path.includes('/kafkajs/src/')) delete require.cache[path];
const theirRequest = require('kafkajs/src/protocol/requests/produce/v7/request.js') as (parts: ProduceParts) => {
  encode(): Promise<{ readonly buffer: Buffer }>;
};
const theirEncode = require('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (record: object) => {
  readonly buffer: Buffer;
};
const theirDecode = require('kafkajs/src/protocol/recordBatch/record/v0/decoder.js') as (
  decoder: object,
  context: BatchContext,
) => object;
const Decoder = require('kafkajs/src/protocol/decoder.js') as new (buffer: Buffer) => { readVarIntBytes(): Buffer };
const theirGroups = require('kafkajs/src/producer/groupMessagesPerPartition.js') as typeof groupByPartition;

const bytes = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
);
const message = fc.record(
  {
    key: fc.option(bytes),
    value: fc.option(bytes),
    headers: fc.dictionary(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((name) => name !== '__proto__'),
      fc.oneof(bytes, fc.array(bytes, { minLength: 1, maxLength: 3 })),
      { maxKeys: 20 },
    ),
  },
  { requiredKeys: ['value'] },
);
const request = fc.record({
  acks: fc.constantFrom(-1, 1),
  timeout: fc.nat(100_000),
  transactionalId: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })),
  producerId: fc.maxSafeNat().map((value) => BigInt(value)),
  producerEpoch: fc.nat(1000),
  topicData: fc.array(
    fc.record({
      topic: fc.string({ maxLength: 20 }),
      partitions: fc.array(
        fc.record({
          partition: fc.nat(100),
          firstSequence: fc.nat(),
          messages: fc.array(message, { minLength: 1, maxLength: 10 }),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 2 },
  ),
});
const context = fc.record({
  firstOffset: fc.nat().map(String),
  firstTimestamp: fc.integer({ min: 0, max: 2 ** 45 }).map(String),
  maxTimestamp: fc.integer({ min: 0, max: 2 ** 45 }).map(String),
  magicByte: fc.constant(2),
  isControlBatch: fc.boolean(),
  timestampType: fc.constantFrom(0, 1),
});
const deltas = fc.record({ offsetDelta: fc.nat(100_000), timestampDelta: fc.nat(1_000_000_000) });

describe('what kafkajs is given to be faster', () => {
  beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 }));
  afterAll(() => void vi.useRealTimers());

  it('writes produce requests byte for byte as it does', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (parts) => {
        const theirs = await theirRequest(parts).encode();
        expect(encodeProduceRequest(parts).equals(theirs.buffer)).toBe(true);
      }),
    );
  });

  it('writes records of any length', async () => {
    for (const length of [0, 60, 64, 8000, 8192, 1_048_000, 1_050_000, 9_000_000]) {
      const messages = [{ key: 'short', value: 'ä'.repeat(length / 2) }, { value: 'after' }];
      const parts = { acks: -1, timeout: 1, topicData: [{ topic: 't', partitions: [{ partition: 0, messages }] }] };
      const theirs = await theirRequest(parts).encode();
      expect(encodeProduceRequest(parts).equals(theirs.buffer)).toBe(true);
    }
  });

  it('reads records as it does', () => {
    fc.assert(
      fc.property(message, deltas, context, (given, delta, batch) => {
        const body = new Decoder(theirEncode({ ...given, ...delta }).buffer).readVarIntBytes();
        const { rawHeaders: _, ...record } = decodeRecord(body, batch);
        expect({ ...record, headers: decodeRecord(body, batch).headers }).toEqual(
          theirDecode(new Decoder(body), batch),
        );
      }),
    );
  });

  it('groups messages by partition as it does', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5)), (partitions) => {
        const messages = partitions.map((partition, index) => ({ partition, index }));
        const partitioner = ({ message: { partition } }: { message: { partition: number } }) => partition;
        const grouping = { topic: 't', partitionMetadata: [{}], messages, partitioner };
        expect(groupByPartition(grouping)).toEqual(theirGroups(grouping));
      }),
    );
  });
});

describe('the partition of a key', () => {
  it('is the one that kafkajs chooses', () => {
    const choose = Partitioners.DefaultPartitioner();
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        (key, partitions) => {
          const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
            partitionId,
            leader: 0,
          }));
          expect(partitionOf(key, partitions)).toBe(
            choose({ topic: 't', partitionMetadata: partitionMetadata as never, message: { key, value: '' } }),
          );
        },
      ),
    );
  });
});
