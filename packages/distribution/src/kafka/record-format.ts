/** Records of Kafka's message format 2, as they stand one after the other in a batch. */

/** What kafkajs hands over to be written. */
export interface OutgoingRecord {
  readonly offsetDelta?: number;
  readonly timestampDelta?: number;
  readonly key?: Bytes | null;
  readonly value: Bytes | null;
  readonly headers?: Readonly<Record<string, Bytes | readonly Bytes[] | undefined>>;
}

type Bytes = Buffer | string;

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

/** Where records are written before their length is known; none is longer than the buffer, which grows. */
let scratch = Buffer.allocUnsafe(64 * 1024);
let end = 0;

function makeRoom(bytes: number): void {
  if (end + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe(2 * (end + bytes));
  scratch.copy(larger, 0, 0, end);
  scratch = larger;
}

/** Writes a whole number, at most 2^48 either way, in zigzag encoding. */
function writeVarInt(value: number): void {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  makeRoom(8);
  while (rest > 0x7f) {
    scratch[end] = (rest % 0x80) + 0x80;
    end += 1;
    rest = Math.floor(rest / 0x80);
  }
  scratch[end] = rest;
  end += 1;
}

function writeBytes(bytes: Bytes | null | undefined): void {
  if (bytes == null) {
    writeVarInt(-1);
    return;
  }
  const length = typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
  writeVarInt(length);
  makeRoom(length);
  if (typeof bytes === 'string') scratch.write(bytes, end);
  else scratch.set(bytes, end);
  end += length;
}

function writeHeaders(headers: OutgoingRecord['headers'] = {}): void {
  const names = Object.keys(headers);
  let count = 0;
  for (const name of names) {
    const value = headers[name];
    count += Array.isArray(value) ? value.length : 1;
  }
  writeVarInt(count);
  for (const name of names) {
    const value = headers[name];
    for (const each of Array.isArray(value) ? (value as readonly Bytes[]) : [value as Bytes | undefined]) {
      writeBytes(name);
      writeBytes(each);
    }
  }
}

/** Writes one record, its length in front. */
export function encodeRecord({ offsetDelta = 0, timestampDelta = 0, key, value, headers }: OutgoingRecord): Buffer {
  // Room for the length, which is known last.
  const body = 8;
  end = body;
  writeVarInt(0);
  writeVarInt(timestampDelta);
  writeVarInt(offsetDelta);
  writeBytes(key);
  writeBytes(value);
  writeHeaders(headers);
  const bodyEnd = end;
  end = 0;
  writeVarInt(bodyEnd - body);
  const record = Buffer.allocUnsafe(end + bodyEnd - body);
  scratch.copy(record, 0, 0, end);
  scratch.copy(record, end, body, bodyEnd);
  return record;
}

let source: Buffer = scratch;
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

function readHeaders(): Record<string, Buffer | null | (Buffer | null)[]> {
  const headers: Record<string, Buffer | null | (Buffer | null)[]> = {};
  for (let left = readVarInt(); left > 0; left -= 1) {
    const length = readVarInt();
    const name = source.toString('utf8', at, at + length);
    at += length;
    const value = readBytes();
    const before = headers[name];
    if (before === undefined) headers[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else headers[name] = [before, value];
  }
  return headers;
}

/** Reads one record, without the length in front of it, into what kafkajs works with. */
export function decodeRecord(record: Buffer, batchContext: BatchContext) {
  const { firstOffset, firstTimestamp, maxTimestamp, magicByte, isControlBatch = false, timestampType } = batchContext;
  source = record;
  at = 1;
  const timestampDelta = readVarInt();
  const timestamp =
    timestampType === logAppendTime && maxTimestamp !== ''
      ? maxTimestamp
      : String(Number(firstTimestamp) + timestampDelta);
  const offset = String(Number(firstOffset) + readVarInt());
  const key = readBytes();
  const value = readBytes();
  const headers = readHeaders();
  return {
    magicByte,
    attributes: record[0] ?? 0,
    timestamp,
    offset,
    key,
    value,
    headers,
    isControlRecord: isControlBatch,
    batchContext,
  };
}
