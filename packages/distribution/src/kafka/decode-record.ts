/** What kafkajs knows of the batch that a record stands in. */
export interface BatchContext {
  readonly firstOffset: string;
  readonly firstTimestamp: string;
  readonly maxTimestamp: string;
  readonly magicByte: number;
  readonly isControlBatch?: boolean;
  readonly timestampType: number;
}

const logAppendTime = 1;

let source: Buffer = Buffer.alloc(0);
let at = 0;

function readVarInt(): number {
  let byte = source[at] ?? 0;
  at += 1;
  let raw = byte & 0x7f;
  for (let factor = 0x80; byte > 0x7f; factor *= 0x80) {
    byte = source[at] ?? 0;
    at += 1;
    raw += (byte & 0x7f) * factor;
  }
  return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
}

function readBytes(): Buffer | null {
  const length = readVarInt();
  if (length < 0) return null;
  const bytes = source.subarray(at, at + length);
  at += length;
  return bytes;
}

type Headers = Record<string, Buffer | null | (Buffer | null)[]>;

/** A record, as kafkajs works with it. A class, so that headers are taken apart only where somebody asks for them. */
class KafkaRecord {
  readonly magicByte: number;
  readonly attributes: number;
  readonly timestamp: string;
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly isControlRecord: boolean;
  readonly batchContext: BatchContext;
  /** Their number, then each one's name and value. */
  readonly rawHeaders: Buffer;

  constructor(record: Buffer, batchContext: BatchContext) {
    const {
      firstOffset,
      firstTimestamp,
      maxTimestamp,
      magicByte,
      isControlBatch = false,
      timestampType,
    } = batchContext;
    source = record;
    at = 1;
    const timestampDelta = readVarInt();
    this.magicByte = magicByte;
    this.attributes = record[0] ?? 0;
    this.timestamp =
      timestampType === logAppendTime && maxTimestamp !== ''
        ? maxTimestamp
        : String(Number(firstTimestamp) + timestampDelta);
    this.offset = String(Number(firstOffset) + readVarInt());
    this.key = readBytes();
    this.value = readBytes();
    this.isControlRecord = isControlBatch;
    this.batchContext = batchContext;
    this.rawHeaders = record.subarray(at);
  }

  get headers(): Headers {
    source = this.rawHeaders;
    at = 0;
    const headers: Headers = {};
    for (let left = readVarInt(); left > 0; left -= 1) {
      const name = readText();
      const value = readBytes();
      const before = headers[name];
      if (before === undefined) headers[name] = value;
      else if (Array.isArray(before)) before.push(value);
      else headers[name] = [before, value];
    }
    return headers;
  }
}

function readText(): string {
  const length = readVarInt();
  const text = source.toString('utf8', at, at + length);
  at += length;
  return text;
}

/** Reads one record, without the length in front of it, into what kafkajs works with. */
export const decodeRecord = (record: Buffer, batchContext: BatchContext): KafkaRecord =>
  new KafkaRecord(record, batchContext);

/** Reads headers that are texts, each name once, by names that mostly come in this order. */
export function createHeaderReader(names: readonly string[]) {
  const expected = names.map((name) => Buffer.from(name));

  /** Whether the name that stands here, so long, is the one expected as number `index`. */
  function isNamed(index: number, length: number): boolean {
    const name = expected[index];
    if (name?.length !== length) return false;
    for (let byte = 0; byte < length; byte += 1) if (name[byte] !== source[at + byte]) return false;
    return true;
  }

  /** @throws Error where a header has no value, or its name comes twice. */
  return (rawHeaders: Buffer): Readonly<Record<string, string>> => {
    source = rawHeaders;
    at = 0;
    const headers: Record<string, string> = {};
    let next = 0;
    for (let left = readVarInt(); left > 0; left -= 1) {
      const length = readVarInt();
      let index = next;
      while (index < names.length && !isNamed(index, length)) index += 1;
      next = index < names.length ? index + 1 : next;
      const name = names[index] ?? source.toString('utf8', at, at + length);
      at += length;
      const valueLength = readVarInt();
      if (valueLength < 0 || headers[name] !== undefined) throw new Error(`the header ${name} is not there once`);
      headers[name] = source.toString('utf8', at, at + valueLength);
      at += valueLength;
    }
    return headers;
  };
}
