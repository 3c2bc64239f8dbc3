/**
 * Gives kafkajs another way to write produce requests and to read records. Its own makes a buffer of 512 bytes for each
 * header it writes, and copies all headers before for each one that it reads: with those of a CloudEvent it writes 7,000
 * messages a second where it writes 56,000 without, and reads 20,000. Nobody works on kafkajs any more, and its version is
 * pinned. Where this finds nothing in the place it knows, all goes on as before, but slower.
 */
import { createRequire } from 'node:module';

import { decodeRecord, type BatchContext } from './decode-record.ts';
import { groupByPartition } from './group-by-partition.ts';
import { encodeProduceRequest, isPlain, type ProduceParts } from './produce-request.ts';

const require = createRequire(import.meta.url);

/** Replaces the function that a module of kafkajs 2.2.4 exports. */
function replace<Theirs>(place: string, replacement: (theirs: Theirs) => Theirs): void {
  try {
    const path = require.resolve(`kafkajs/${place}`);
    require(path);
    const module = require.cache[path];
    if (module !== undefined) module.exports = replacement(module.exports as Theirs);
  } catch {
    // It is somewhere else, as where the program was made one file.
  }
}

/** An encoder of kafkajs, as far as what takes it looks at it. */
interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

interface ProduceRequest {
  readonly encode: () => Promise<Encoded>;
}

replace<(parts: ProduceParts) => ProduceRequest>('src/protocol/requests/produce/v3/request.js', (theirs) => (parts) => {
  const request = theirs(parts);
  if (!isPlain(parts)) return request;
  return {
    ...request,
    encode: () => {
      const buffer = encodeProduceRequest(parts);
      return Promise.resolve({ buf: buffer, buffer });
    },
  };
});

replace(
  'src/protocol/recordBatch/record/v0/decoder.js',
  () =>
    ({ buffer }: { buffer: Buffer }, context: BatchContext) =>
      decodeRecord(buffer, context),
);

replace('src/producer/groupMessagesPerPartition.js', () => groupByPartition);
