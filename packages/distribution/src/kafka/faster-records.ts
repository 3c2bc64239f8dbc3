/**
 * Gives kafkajs another way to write and read records. Its own makes a buffer of 512 bytes for each header it writes, and
 * copies all headers before for each one that it reads: with those of a CloudEvent it writes 7,000 messages a second where it
 * writes 56,000 without, and reads 20,000. Nobody works on kafkajs any more, and its version is pinned. Where this finds
 * nothing in the place it knows, all goes on as before, but slower.
 */
import { createRequire } from 'node:module';

import { decodeRecord, encodeRecord, type BatchContext, type OutgoingRecord } from './record-format.ts';

/** Where kafkajs 2.2.4 has them; each is a function that the module exports. */
const places = {
  encoder: 'src/protocol/recordBatch/record/v0/index.js',
  decoder: 'src/protocol/recordBatch/record/v0/decoder.js',
};

/** An encoder of kafkajs, as far as what takes it looks at it. */
const encode = (record: OutgoingRecord) => {
  const buffer = encodeRecord(record);
  return { buf: buffer, buffer };
};

const decode = ({ buffer }: { readonly buffer: Buffer }, context: BatchContext) => decodeRecord(buffer, context);

const require = createRequire(import.meta.url);

function replace(place: string, replacement: unknown): void {
  try {
    const path = require.resolve(`kafkajs/${place}`);
    require(path);
    const module = require.cache[path];
    if (module !== undefined) module.exports = replacement;
  } catch {
    // It is somewhere else, as where the program was made one file.
  }
}

replace(places.encoder, encode);
replace(places.decoder, decode);
