import type { ResetReason } from '@stance/contracts';
import { commentFrame, eventFrame, retryFrame } from '@stance/http';
import type { EventStream } from '@stance/http';

import type { Audience, Interest } from './audience.ts';
import type { FramedPage } from './page-frames.ts';
import type { PageKind } from './page-store.ts';
import { streamId } from './stream-place.ts';
import type { StreamEntry } from './stream-source.ts';

/** How long a reader that lost its stream should wait before it connects again, in milliseconds. */
const reconnectAfter = 1000;

/** Of which stream: it grows, and may be replaced by another one. */
export interface StreamEnd {
  readonly epoch: string;
  readonly position: number;
}

/** One who follows: where it is, and what its socket can take. Nothing is kept for it but that. */
export interface StreamReader<Entry extends StreamEntry> {
  readonly interest: Interest<Entry>;
  readonly audience: () => Audience<Entry>;
  readonly position: () => number;
  /** Sends the head of the stream; and that it begins anew, or where it is, where it has all that there is. */
  begin(lost: ResetReason | null): void;
  /** Which pages it wants next; `null` where it can take none, or is not sent any more. */
  wants(): PageKind | null;
  /** @returns how many events it was sent. */
  send(page: FramedPage<Entry>): number;
  /** Sends it all that stands when the stream is at a position, and what follows. */
  beginAnew(reason: ResetReason, at: number): void;
  /** Who it is told what is told to, from now on. */
  settle(audience: Audience<Entry>): void;
  /** Shows that the connection is alive, and where it is. */
  beat(): void;
  /** Since when its socket has held more than it should, in milliseconds of `now`; `null` where it does not. */
  blockedSince(): number | null;
  /** How many bytes wait for it. */
  waiting(): number;
  /** Ends the stream behind what waits for it, with the reason as a comment. */
  end(reason: string): void;
  ended(): boolean;
  destroy(): void;
}

export interface StreamReaderOptions<Entry extends StreamEntry> {
  readonly stream: EventStream;
  readonly interest: Interest<Entry>;
  readonly audience: Audience<Entry>;
  /** Where it goes on. */
  readonly position: number;
  /** The stream. */
  readonly end: () => StreamEnd;
  /** Up to where there was something when it asked. */
  readonly whole: number;
  /** Milliseconds, from whenever. */
  readonly now: () => number;
  /** It can take more. */
  readonly onRoom: () => void;
}

export const createStreamReader = <Entry extends StreamEntry>(
  options: StreamReaderOptions<Entry>,
): StreamReader<Entry> => {
  const { stream, interest, now, end, onRoom } = options;
  let { audience, position } = options;
  /** Up to here it is only sent what stood when the stream was there. */
  let currentUpTo = 0;
  /** From here on it has all that there was when it began; it is told so once. */
  let wholeAt: number | null = Math.max(options.whole, end().position);
  /** The position of the last id that it was sent. */
  let told = -1;
  let blockedAt: number | null = null;
  let ended = false;

  const write = (frames: string | Buffer): void => {
    if (!stream.write(frames)) blockedAt ??= now();
  };
  const idAt = (at: number): string => streamId({ epoch: end().epoch, position: at, mark: audience.mark });
  const tellPosition = (): void => {
    told = position;
    write(eventFrame(idAt(position), 'position', '{}'));
  };
  const tellWhole = (): void => {
    if (wholeAt === null || position < wholeAt) return;
    wholeAt = null;
    tellPosition();
  };

  stream.onDrain(() => {
    blockedAt = null;
    onRoom();
  });

  const beginAnew = (reason: ResetReason, at: number): void => {
    position = 0;
    told = 0;
    currentUpTo = at;
    wholeAt = at;
    write(eventFrame(idAt(0), 'reset', JSON.stringify({ reason })));
    tellWhole();
  };

  return {
    interest,
    audience: () => audience,
    position: () => position,
    begin(lost) {
      write(retryFrame(reconnectAfter));
      if (lost === null) tellWhole();
      else beginAnew(lost, end().position);
    },
    wants() {
      if (ended || blockedAt !== null) return null;
      return position < currentUpTo ? { currentAt: currentUpTo } : 'all';
    },
    send(page) {
      const { frames, events, last } = page.framesFor(audience);
      if (events > 0) write(frames);
      told = last ?? told;
      position = page.upTo;
      tellWhole();
      return events;
    },
    beginAnew,
    settle(next) {
      audience = next;
    },
    beat() {
      if (ended || blockedAt !== null) return;
      if (wholeAt === null && position > told) tellPosition();
      else write(commentFrame());
    },
    blockedSince: () => blockedAt,
    waiting: () => stream.waiting(),
    end(reason) {
      if (ended) return;
      ended = true;
      stream.end(commentFrame(reason));
    },
    ended: () => ended,
    destroy() {
      ended = true;
      stream.destroy();
    },
  };
};
