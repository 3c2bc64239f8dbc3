import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal, pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { fromCaller } from '../caller-folder.ts';
import { CliError } from '../cli-error.ts';
import { unreadableFile } from './unreadable-file.ts';

export interface Input {
  /** What it is called in messages. */
  readonly name: string;
  /** In bytes as stored; `undefined` where nobody knows (standard input). */
  readonly size: number | undefined;
  /** How many bytes have been read of it, as stored. */
  bytesRead(): number;
  /** The content, unpacked where it is gzip. Throws `CliError` `unreadable-file` where it cannot be read or unpacked. */
  chunks(): AsyncGenerator<Buffer>;
}

const gzipMagic = Buffer.from([0x1f, 0x8b]);
/** Small beside the files, so that what is read ahead is little. */
const storedChunk = 64 * 1024;
const unpackedChunk = 256 * 1024;

/** Opens a file, or standard input for `-`, until the signal. Gzip is told by its first bytes, not by its name. */
export const openInput = async (file: string, signal: AbortSignal): Promise<Input> => {
  const name = file === '-' ? 'standard input' : file;
  const path = fromCaller(file);
  const size = file === '-' ? undefined : await sizeOf(path, name);
  let bytesRead = 0;

  const stored = async function* (): AsyncGenerator<Buffer> {
    const stream = file === '-' ? process.stdin : createReadStream(path, { highWaterMark: storedChunk });
    for await (const chunk of addAbortSignal(signal, stream) as AsyncIterable<Buffer>) {
      bytesRead += chunk.length;
      yield chunk;
    }
  };
  const chunks = async function* (): AsyncGenerator<Buffer> {
    try {
      yield* unpacked(stored());
    } catch (error) {
      throw signal.aborted ? new CliError('interrupted', 'Stopped', { cause: error }) : unreadableFile(name, error);
    }
  };
  return { name, size, bytesRead: () => bytesRead, chunks };
};

const unpacked = async function* (source: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < gzipMagic.length) {
    const next = await source.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = async function* (): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    yield* source;
  };
  if (!head.subarray(0, gzipMagic.length).equals(gzipMagic)) {
    yield* whole();
    return;
  }
  // What goes wrong on either side destroys the other with that error, so reading the end of the pipe throws it.
  const pipe = pipeline(Readable.from(whole()), createGunzip({ chunkSize: unpackedChunk }), () => undefined);
  yield* pipe as AsyncIterable<Buffer>;
};

const sizeOf = async (path: string, name: string): Promise<number | undefined> => {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    throw unreadableFile(name, error);
  }
};
