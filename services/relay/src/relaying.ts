import type { DistributionWriter, LinkedEvent } from '@stance/distribution';
import type { EventPage, EventStore } from '@stance/event-store';
import type { RelayCheckpoint } from '@stance/relay-state';

import type { RelayClock } from './clock.ts';
import type { HeldLease } from './held-lease.ts';
import { link, watermarkOf } from './link.ts';
import type { News } from './news.ts';
import { createPages } from './pages.ts';
import type { Persistence } from './persistence.ts';
import type { Progress } from './status.ts';

export interface RelayingOptions {
  readonly source: Pick<EventStore, 'readAll' | 'head' | 'onHead'>;
  readonly writer: Pick<DistributionWriter, 'send'>;
  readonly lease: HeldLease<RelayCheckpoint>;
  readonly checkpoint: RelayCheckpoint;
  /** At most so many events in a send. */
  readonly batch: number;
  readonly clock: RelayClock;
  readonly news: News;
  readonly persistence: Persistence;
  readonly progress: Progress;
  /** Finish what is under way. */
  readonly stopping: AbortSignal;
  /** Begin nothing any more. */
  readonly abandoned: AbortSignal;
}

/** While little comes in, a send is begun at most so often, in milliseconds: each costs a watermark in every partition. */
const shortestInterval = 50;
/** So often, in milliseconds, the distribution hears that there is nothing new. */
const markInterval = 1000;

/**
 * Relays the log from a checkpoint on: reads a page, sends it, moves the checkpoint, again and again. Returns when it is to
 * stop, or where the lease may run out before it gets on.
 *
 * @throws RelayStateError `relay-superseded`.
 */
export const relay = async (options: RelayingOptions): Promise<void> => {
  const { source, writer, lease, batch, clock, news, persistence, progress, stopping, abandoned } = options;
  const pages = createPages(source, batch);
  /** What was sent, and the checkpoint. */
  let sent = options.checkpoint;
  /** How far the log was read: further than that, where there was nothing to send. */
  let reached = sent.position;
  /** When the last send was begun. */
  let sentAt = Number.NEGATIVE_INFINITY;

  const mayGoOn = (): boolean => !stopping.aborted && lease.isSure();
  const until = (interval: number): number => sentAt + interval - clock.monotonic();

  const send = async (events: readonly LinkedEvent[], next: RelayCheckpoint): Promise<boolean> => {
    if (!mayGoOn()) return false;
    const begunAt = clock.monotonic();
    let tries = 0;
    const attempt = (): Promise<void> => {
      tries += 1;
      if (tries > 1) progress.resent();
      const sending = writer.send(events, watermarkOf(next));
      // Who does not get on lets the lease run out, so that another relay may try.
      return tries === 1 ? lease.keepDuring(sending) : sending;
    };
    if ((await persistence.untilDone('send', attempt, mayGoOn)) === null || abandoned.aborted) return false;
    sentAt = begunAt;
    if (next.position !== sent.position) {
      const store = (): Promise<void> => lease.store(sent, next);
      if ((await persistence.untilDone('checkpoint', store, () => !stopping.aborted)) === null) return false;
    }
    sent = next;
    if (events.length > 0) progress.sentBatch();
    progress.moved(sent);
    return true;
  };

  const sendPage = async (page: EventPage): Promise<boolean> => {
    const { events, next } = link(sent, page);
    return send(events, next);
  };

  /** Says how far the log was read, where that has not been said for a while. */
  const mark = (): Promise<boolean> =>
    until(markInterval) <= 0 ? send([], { ...sent, position: reached }) : Promise.resolve(true);

  /** @returns whether to go on. */
  const turn = async (): Promise<boolean> => {
    if (lease.isDue() && (await persistence.untilDone('lease', () => lease.renew(), mayGoOn)) === null) return false;
    const after = reached;
    const headBefore = progress.head();
    const read = await persistence.untilDone('read', () => pages.after(after), mayGoOn);
    if (read === null) return false;
    const { events, position } = read.result;
    reached = position;
    progress.headAt(position);
    if (events.length === 0) {
      if (!(await mark())) return false;
      if (position === after) await news.wait(Math.max(0, until(markInterval)));
      return true;
    }
    const isFull = events.length >= batch;
    if (isFull) pages.readAhead(position);
    if (!(await sendPage(read.result))) return false;
    // What comes in meanwhile waits for company, unless there is more already.
    const pause = isFull || position < headBefore ? 0 : until(shortestInterval);
    if (pause > 0) await clock.rest(pause, stopping);
    return true;
  };

  const listen = async (): Promise<() => void> => {
    // Asked first: a store that is told to listen begins at the last head that it knows.
    progress.headAt(await source.head());
    return source.onHead((head) => {
      progress.headAt(head);
      news.ring();
    });
  };

  const listening = await persistence.untilDone('head', listen, mayGoOn);
  if (listening === null) return;
  try {
    while (mayGoOn() && (await turn()));
  } finally {
    listening.result();
  }
};
