import type { ServerResponse } from 'node:http';

import type { RawExchange } from './endpoint.ts';

/** One event as the text of its frame. `data` has no line breaks, as JSON has none. */
export const eventFrame = (id: string, name: string, data: string): string =>
  `id: ${id}\nevent: ${name}\ndata: ${data}\n\n`;

/** Says that the connection is alive, and nothing else: readers skip it. */
export const commentFrame = (text = ''): string => (text === '' ? ':\n\n' : `: ${text}\n\n`);

/** How long a reader that lost the connection waits before it connects again, in milliseconds. */
export const retryFrame = (milliseconds: number): string => `retry: ${String(milliseconds)}\n\n`;

/** An answer of server-sent events (`text/event-stream`) that goes on until one of the two sides ends it. */
export interface EventStream {
  /** Hands frames to the socket. `false`: it has more than it should hold; `onDrain` says when it has not any more. */
  write(frames: string | Buffer): boolean;
  /** The bytes that were written and not yet taken by the reader's side. */
  waiting(): number;
  onDrain(listener: () => void): void;
  /** Called once, however it comes to its end. */
  onClose(listener: () => void): void;
  /** Ends it behind what was written, with a last frame. */
  end(frame: string): void;
  /** Ends it at once; what was written and not taken is lost to the reader, who resumes by the last id it has. */
  destroy(): void;
}

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Nginx, and those who took this over from it, would keep events back to send more of them at a time.
  'x-accel-buffering': 'no',
  connection: 'close',
};

/**
 * Answers with server-sent events; a `HEAD` with their headers only, and `null`. From here on the answer counts as a
 * stream and not as a call under way, and no time limit holds for it.
 *
 * @throws ProblemError `overloaded` where there are as many streams as there may be.
 */
export const openEventStream = ({ request, reply, takeOver }: RawExchange): EventStream | null => {
  if (request.method === 'HEAD') {
    takeOver(200, headers).end();
    return null;
  }
  request.server.kit.holdOpen(request);
  // Its end is that of the connection: so the same bytes can go to thousands of sockets, without a frame around each piece.
  reply.raw.useChunkedEncodingByDefault = false;
  const response: ServerResponse = takeOver(200, headers);
  return {
    write: (frames) => response.write(frames),
    waiting: () => response.writableLength,
    onDrain: (listener) => void response.on('drain', listener),
    onClose: (listener) => {
      if (response.destroyed) listener();
      else response.once('close', listener);
    },
    end: (frame) => void response.end(frame),
    destroy: () => void response.destroy(),
  };
};
