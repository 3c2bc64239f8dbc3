import { createByteWriter, type ByteWriter } from './byte-writer.ts';
import { crc32c } from './crc32c.ts';

type Bytes = Buffer | string;

/** A message as kafkajs hands it over to be written. */
export interface OutgoingRecord {
  readonly key?: Bytes | null;
  readonly value: Bytes | null;
  readonly headers?: Readonly<Record<string, Bytes | readonly Bytes[] | undefined>>;
  readonly timestamp?: string | number;
}

/** What kafkajs makes a request from; 64-bit numbers are objects of its own. */
export interface ProduceParts {
  readonly acks: number;
  readonly timeout: number;
  readonly transactionalId?: string | null;
  readonly producerId?: { toString(): string };
  readonly producerEpoch?: number;
  /** 0: none. */
  readonly compression?: number;
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly firstSequence?: number;
      readonly messages: readonly OutgoingRecord[];
    }[];
  }[];
}

/** Whether the request is of the kind that is written here: not compressed, stamped now. */
export function isPlain({ compression = 0, topicData }: ProduceParts): boolean {
  return (
    compression === 0 &&
    topicData.every(({ partitions }) =>
      partitions.every(({ messages }) => messages.every(({ timestamp }) => timestamp == null)),
    )
  );
}

const writer = createByteWriter();

/** Writes the body of a produce request of version 3 to 7. */
export function encodeProduceRequest(parts: ProduceParts): Buffer {
  const { acks, timeout, topicData, transactionalId } = parts;
  const now = Date.now();
  writer.reset();
  if (transactionalId == null) {
    writer.int16(-1);
  } else {
    const length = Buffer.byteLength(transactionalId);
    writer.int16(length);
    writer.raw(transactionalId, length);
  }
  writer.int16(acks);
  writer.int32(timeout);
  writer.int32(topicData.length);
  for (const { topic, partitions } of topicData) {
    const length = Buffer.byteLength(topic);
    writer.int16(length);
    writer.raw(topic, length);
    writer.int32(partitions.length);
    for (const { partition, firstSequence = 0, messages } of partitions) {
      writer.int32(partition);
      writeSized(writer, () => writeBatch(parts, firstSequence, messages, now));
    }
  }
  // A copy: the request for another broker may be written before this one is sent.
  return Buffer.from(writer.written());
}

/** Writes something with its length in front. */
function writeSized(to: ByteWriter, write: () => void): void {
  const place = to.at();
  to.int32(0);
  write();
  to.int32At(place, to.at() - place - 4);
}

/** Among the attributes of a batch. */
const inTransaction = 0x10;

function writeBatch(
  { producerId, producerEpoch = 0, transactionalId }: ProduceParts,
  firstSequence: number,
  messages: readonly OutgoingRecord[],
  now: number,
): void {
  writer.int64(0);
  writeSized(writer, () => {
    writer.int32(0);
    writer.int8(2);
    const checksum = writer.at();
    writer.int32(0);
    writer.int16(transactionalId ? inTransaction : 0);
    writer.int32(messages.length - 1);
    writer.int64(now);
    writer.int64(now);
    writer.int64(Number(producerId?.toString() ?? -1));
    writer.int16(producerEpoch);
    writer.int32(firstSequence);
    writer.int32(messages.length);
    for (const [offset, message] of messages.entries()) writeRecord(message, offset);
    writer.int32At(checksum, crc32c(writer.written(), checksum + 4, writer.at()));
  });
}

/** A length of 32 bits takes no more. */
const roomForLength = 5;

function writeRecord({ key, value, headers = {} }: OutgoingRecord, offset: number): void {
  const start = writer.at();
  for (let at = 0; at < roomForLength; at += 1) writer.int8(0);
  writer.int8(0);
  writer.varInt(0);
  writer.varInt(offset);
  writeBytes(key);
  writeBytes(value);
  writeHeaders(headers);
  // Now that the length is known: what it does not need, the rest moves up.
  const body = start + roomForLength;
  const length = writer.at() - body;
  const sizeOfLength = length < 0x40 ? 1 : length < 0x2000 ? 2 : length < 0x10_0000 ? 3 : length < 0x800_0000 ? 4 : 5;
  writer.moveBack(body, start + sizeOfLength);
  writer.varIntAt(start, length);
}

function writeBytes(bytes: Bytes | null | undefined): void {
  if (bytes == null) {
    writer.varInt(-1);
    return;
  }
  const length = typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
  writer.varInt(length);
  writer.raw(bytes, length);
}

function writeHeaders(headers: NonNullable<OutgoingRecord['headers']>): void {
  const names = Object.keys(headers);
  let count = 0;
  for (const name of names) {
    const value = headers[name];
    count += Array.isArray(value) ? value.length : 1;
  }
  writer.varInt(count);
  for (const name of names) {
    const value = headers[name];
    for (const each of Array.isArray(value) ? (value as readonly Bytes[]) : [value as Bytes | undefined]) {
      writeBytes(name);
      writeBytes(each);
    }
  }
}
