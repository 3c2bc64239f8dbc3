import { setImmediate as nextRound } from 'node:timers/promises';

import type { ResetReason } from '@stance/contracts';
import { openEventStream } from '@stance/http';
import type { RawExchange } from '@stance/http';
import { survivorsOf } from '@stance/domain';
import type { KnownMerges } from '@stance/read-model';
import type { Logger } from 'pino';

import type { Interest } from './audience.ts';
import type { FollowingClock } from './clock.ts';
import { createOwnReads } from './own-reads.ts';
import { createPageStore } from './page-store.ts';
import { placeOf } from './stream-place.ts';
import type { StreamPlace } from './stream-place.ts';
import { createStreamReader } from './stream-reader.ts';
import type { StreamReader } from './stream-reader.ts';
import { unknownEpoch } from './stream-source.ts';
import type { StreamEntry, StreamSource } from './stream-source.ts';
import { createTail } from './tail.ts';

/** How many readers are served before others get their turn. */
const readersATurn = 64;

export interface FollowingOptions<Entry extends StreamEntry> {
  readonly source: StreamSource<Entry>;
  readonly clock: FollowingClock;
  readonly logger: Logger;
  /** How often who is sent nothing is shown that the connection is alive, and how long a full socket is waited for, in ms. */
  readonly heartbeatMs: number;
  /** How often is looked whether there is more, where nobody says so, in ms. */
  readonly pollMs: number;
}

export interface FollowingCounts {
  readonly readers: number;
  readonly events: number;
  readonly dropped: number;
}

/** All who follow one stream, and the one who reads it for them. */
export interface Following<Entry extends StreamEntry> {
  /**
   * Answers with the stream, from the event with an id on; from now on where there is none.
   *
   * @throws what the source does, and ProblemError `overloaded`; nothing was sent then.
   */
  follow(raw: RawExchange, after: string | undefined, interest: Interest<Entry>): Promise<void>;
  /** There may be more to read. */
  notify(): void;
  counts(): FollowingCounts;
  /** Ends all streams. */
  stop(): void;
}

const nobody = survivorsOf<string>([]);
const stopping = 'the service is stopping: connect again';

export const createFollowing = <Entry extends StreamEntry>({
  source,
  clock,
  logger,
  heartbeatMs,
  pollMs,
}: FollowingOptions<Entry>): Following<Entry> => {
  const readers = new Set<StreamReader<Entry>>();
  const pages = createPageStore<Entry>();
  let merges: KnownMerges = { version: '', position: 0, survivors: nobody };
  let events = 0;
  let dropped = 0;
  let stopped = false;
  let endBeats: (() => void) | null = null;

  /** Sends a reader what is at hand, as far as its socket takes it, and has read for it what is not. */
  const serve = (reader: StreamReader<Entry>): void => {
    for (;;) {
      const kind = reader.wants();
      if (kind === null || reader.position() >= tail.at().position) return;
      const page = pages.get(kind, reader.position());
      if (page === undefined) return ownReads.add(reader);
      events += reader.send(page);
    }
  };

  const beginAnew = (reader: StreamReader<Entry>, reason: ResetReason): void => {
    reader.beginAnew(reason, tail.at().position);
    serve(reader);
  };

  const serveAll = async (): Promise<void> => {
    let served = 0;
    for (const reader of readers) {
      serve(reader);
      served += 1;
      if (served % readersATurn === 0) await nextRound();
    }
  };

  /** Those whose holder answers as somebody else by now begin anew: what that one has was never sent to them. */
  const settleHolders = async (): Promise<void> => {
    const concerned = [...readers].filter(({ interest }) => interest.ofHolder);
    if (concerned.length === 0) return;
    const known = await source.merges();
    if (known.version === merges.version) return;
    merges = known;
    for (const reader of concerned) {
      const audience = reader.interest.audience(known.survivors);
      if (audience.mark === reader.audience().mark) continue;
      reader.settle(audience);
      beginAnew(reader, 'holder-changed');
    }
  };

  const tail = createTail({
    source,
    pages,
    clock,
    pollMs,
    isFollowed: () => readers.size > 0,
    onEpoch() {
      for (const reader of readers) beginAnew(reader, 'unknown-epoch');
    },
    onLook: settleHolders,
    onMore: serveAll,
    onFault: (error) => {
      logger.warn({ err: error }, 'a stream cannot be read on; it is tried again');
    },
  });

  const ownReads = createOwnReads({
    source,
    pages,
    end: tail.at,
    onRead: serve,
    onFault(reader, error) {
      logger.warn({ err: error }, 'a stream was ended: it could not be read for one who follows it');
      reader.end('what follows cannot be read now: connect again');
    },
  });

  const drop = (reader: StreamReader<Entry>, blockedMs: number): void => {
    // It was given time to take what waited for it, and why there is no more.
    if (reader.ended()) return reader.destroy();
    dropped += 1;
    const told = { position: reader.position(), waitingBytes: reader.waiting(), blockedMs: Math.round(blockedMs) };
    logger.info(told, 'a stream is closed: its reader does not take what is sent');
    reader.end('what was sent was not taken in time: connect again, from the last id on');
  };

  const beat = (): void => {
    const now = clock.now();
    for (const reader of readers) {
      const since = reader.blockedSince();
      if (since !== null && now - since >= heartbeatMs) drop(reader, now - since);
      else reader.beat();
    }
  };

  const join = (reader: StreamReader<Entry>): void => {
    readers.add(reader);
    endBeats ??= clock.every(heartbeatMs, beat);
    // Whose holders were settled by merges that are not the last ones, is looked at anew.
    if (reader.interest.ofHolder) merges = { ...merges, version: '' };
    tail.notify();
  };

  const leave = (reader: StreamReader<Entry>): void => {
    readers.delete(reader);
    if (readers.size > 0) return;
    endBeats?.();
    endBeats = null;
    pages.clear();
  };

  /** Why a reader with this place cannot go on from there; `null` where it can. */
  const lostAt = async (place: StreamPlace, epoch: string, mark: string): Promise<ResetReason | null> => {
    if (place.epoch !== epoch) return place.epoch === unknownEpoch && place.position === 0 ? null : 'unknown-epoch';
    if (place.mark !== mark) return 'holder-changed';
    return place.position > tail.at().position && place.position > (await source.end()) ? 'ahead' : null;
  };

  return {
    async follow(raw, after, interest) {
      await tail.ready();
      // The tail may be a look behind: who is told that he has all there is, has what there was when he asked.
      const { visible } = await source.look();
      const { survivors } = interest.ofHolder ? await source.merges() : { survivors: nobody };
      const audience = interest.audience(survivors);
      const { epoch } = tail.at();
      const place = after === undefined ? null : placeOf(after);
      const reason = place === null ? null : await lostAt(place, epoch, audience.mark);
      const stream = openEventStream(raw);
      if (stream === null) return;
      const reader = createStreamReader<Entry>({
        stream,
        interest,
        audience,
        position: after === undefined ? tail.at().position : (place?.position ?? 0),
        end: tail.at,
        whole: visible,
        now: clock.now,
        onRoom: () => serve(reader),
      });
      join(reader);
      stream.onClose(() => leave(reader));
      reader.begin(reason ?? (tail.at().epoch === epoch ? null : 'unknown-epoch'));
      if (stopped) reader.end(stopping);
      else serve(reader);
    },
    notify: () => tail.notify(),
    counts: () => ({ readers: readers.size, events, dropped }),
    stop() {
      stopped = true;
      tail.stop();
      for (const reader of readers) {
        if (reader.blockedSince() === null) reader.end(stopping);
        else reader.destroy();
      }
    },
  };
};
