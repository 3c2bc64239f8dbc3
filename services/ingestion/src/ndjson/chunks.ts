import type { Readable } from 'node:stream';

/** Resolves when the stream or the signal has something new. */
const news = (stream: Readable, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const settle = (): void => {
      for (const name of ['readable', 'end', 'error', 'close']) stream.off(name, settle);
      signal.removeEventListener('abort', settle);
      resolve();
    };
    for (const name of ['readable', 'end', 'error', 'close']) stream.on(name, settle);
    signal.addEventListener('abort', settle);
  });

/**
 * The bytes of a stream as they come, until its end or until `signal` is aborted; the stream is left as it is then.
 *
 * @throws where the stream breaks off before its end
 */
export async function* chunksOf(stream: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  while (!signal.aborted) {
    const chunk: unknown = stream.read();
    if (Buffer.isBuffer(chunk)) yield chunk;
    else if (stream.readableEnded) return;
    else if (stream.destroyed) throw new Error('The request broke off before its end.', { cause: stream.errored });
    else await news(stream, signal);
  }
}
