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
