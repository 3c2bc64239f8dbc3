import type { FeedTopicsSession, FeedTopicsWriter, FeedWatermark } from '@stance/distribution';
import { readOn } from '@stance/feed';
import type { FeedEntry, FeedRead, ReadOnFeed } from '@stance/feed';
import type { FeedCheckpoint } from '@stance/relay-state';

import type { RelayClock } from '../clock.ts';
import type { LeasedWork } from '../leased.ts';
import type { Step } from '../persistence.ts';
import type { Progress, Sent } from '../status.ts';
import { outgoingChange } from './outgoing-change.ts';

export interface FeedRelayingOptions extends LeasedWork<FeedCheckpoint> {
  /** Opened when it is first called; it may not be there yet. */
  readonly feed: () => Promise<ReadOnFeed>;
  readonly topics: Pick<FeedTopicsWriter, 'takeOver'>;
  /** At most so many entries in a send. */
  readonly batch: number;
  /** After so many milliseconds without a send that goes well another relay may try. */
  readonly patience: number;
  readonly clock: RelayClock;
  readonly progress: Progress;
}

/** So often, in milliseconds, the feed is asked for more where it had no more than a page. */
const pollInterval = 200;
/** So often, in milliseconds, the topics hear that there is nothing new. */
const markInterval = 10_000;

export const sentOf = ({ position, recordedAt }: FeedCheckpoint): Sent => ({ position, count: position, recordedAt });

/**
 * Relays the feed from a checkpoint on: reads a page, sends it, moves the checkpoint, again and again. A feed that is not
 * the one of the checkpoint is relayed from its beginning, as a later generation; once it was caught up with, what only
 * feeds before had in their sets is taken away. Returns when it is to stop, or where the lease may run out before it gets
 * on.
 *
 * @throws RelayStateError `relay-superseded`.
 */
export const relayFeed = async (options: FeedRelayingOptions): Promise<void> => {
  const { feed, topics, lease, batch, patience, clock, persistence, progress, stopping, abandoned } = options;
  /** What was sent, and the checkpoint. */
  let sent = options.checkpoint;
  let head = sent.position;
  let session: FeedTopicsSession | null = null;
  /** Whether the topics have nothing of what the checkpoint says was sent: they, or some of their partitions, are new. */
  let isLost = false;
  /** When the last send was begun. */
  let sentAt = Number.NEGATIVE_INFINITY;

  const mayGoOn = (): boolean => !stopping.aborted && lease.isSure();

  const markOf = ({ feed: of, generation, position, recordedAt }: FeedCheckpoint): FeedWatermark => ({
    feed: of,
    generation,
    position,
    head: Math.max(head, position),
    recordedAt,
  });

  const takeOver = async (): Promise<FeedTopicsSession> => {
    const taken = await topics.takeOver();
    // Whoever takes over after this shuts this session out. So it writes nothing unless the lease is still this relay's
    // after it took over: a successor takes over later than that.
    await lease.renew();
    session = taken;
    isLost = taken.isUnwritten && sent.position > 0;
    return taken;
  };

  const store = async (next: FeedCheckpoint): Promise<boolean> => {
    const move = (): Promise<void> => lease.store(sent, next);
    if ((await persistence.untilDone('checkpoint', move, () => !stopping.aborted)) === null) return false;
    sent = next;
    return true;
  };

  /**
   * Writes until it goes well, and moves the checkpoint.
   *
   * @returns whether to go on: `true` also where nothing was written, since what was sent before has to be sent again first.
   */
  const write = async (
    step: Step,
    next: FeedCheckpoint,
    work: (writing: FeedTopicsSession) => Promise<void>,
  ): Promise<boolean> => {
    if (!mayGoOn()) return false;
    const begunAt = clock.monotonic();
    let tries = 0;
    const attempt = async (): Promise<boolean> => {
      tries += 1;
      if (tries > 1) progress.resent();
      try {
        const writing = session ?? (await takeOver());
        if (isLost) return false;
        await work(writing);
        return true;
      } catch (error) {
        session = null;
        throw error;
      }
    };
    // Each takeover renews the lease: who does not get on gives it back in the end, so that another relay may try.
    const mayTry = (): boolean => mayGoOn() && clock.monotonic() - begunAt < patience;
    const done = await persistence.untilDone(step, () => lease.keepDuring(attempt()), mayTry);
    if (done === null || abandoned.aborted) return false;
    if (!done.result) return true;
    sentAt = begunAt;
    if (next !== sent && !(await store(next))) return false;
    progress.moved(sentOf(sent));
    return true;
  };

  /**
   * Begins with a feed. Its generation is stored before anything is written under it, so that none is lower than what
   * readers may have seen; a time, so that it is higher also where the checkpoint was lost.
   */
  const begin = async (name: string, end: number): Promise<boolean> => {
    const generation = Math.max(sent.generation + 1, clock.now());
    if (!(await store({ feed: name, generation, position: 0, recordedAt: 0, swept: false }))) return false;
    isLost = false;
    head = end;
    progress.beganAnew();
    progress.moved(sentOf(sent));
    progress.headAt(head);
    return true;
  };

  const sendEntries = async (entries: readonly FeedEntry[], last: FeedEntry): Promise<boolean> => {
    const next = { ...sent, position: last.position, recordedAt: last.recordedAt };
    const changes = entries.map(outgoingChange);
    const mayProceed = await write('send', next, (writing) => writing.send(changes, markOf(next)));
    if (sent === next) progress.sentBatch();
    return mayProceed;
  };

  const mark = (): Promise<boolean> => write('send', sent, (writing) => writing.send([], markOf(sent)));

  /** Takes away what only feeds before had in their sets: all that the topic has, and this one has not sent. */
  const sweep = (): Promise<boolean> =>
    write('sweep', { ...sent, swept: true }, async (writing) => {
      await writing.send([], markOf(sent));
      const leftOvers = await writing.leftOvers(sent.generation);
      for (let at = 0; at < leftOvers.length; at += batch) {
        await writing.remove(leftOvers.slice(at, at + batch), markOf(sent));
      }
    });

  const proceed = async (read: FeedRead): Promise<boolean> => {
    if (read.kind === 'elsewhere') return begin(read.feed, read.head);
    if (isLost) return begin(sent.feed, read.head);
    ({ head } = read);
    progress.headAt(head);
    const last = read.entries.at(-1);
    if (last !== undefined) return sendEntries(read.entries, last);
    if (!sent.swept) return sweep();
    return clock.monotonic() - sentAt < markInterval || mark();
  };

  /** @returns whether to go on. */
  const turn = async (): Promise<boolean> => {
    if (lease.isDue() && (await persistence.untilDone('lease', () => lease.renew(), mayGoOn)) === null) return false;
    const read = await persistence.untilDone('read', async () => readOn(await feed(), sent, batch), mayGoOn);
    if (read === null || !(await proceed(read.result))) return false;
    const isPageOfMore = read.result.kind === 'elsewhere' || read.result.entries.length >= batch;
    // What it began with anew goes out at once.
    if (!isPageOfMore && sent.swept && !isLost) await clock.rest(pollInterval, stopping);
    return true;
  };

  while (mayGoOn() && (await turn()));
};
