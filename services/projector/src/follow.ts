import type { Publisher } from '@stance/feed';
import type { Projection } from '@stance/projection';

import { machineClock } from './clock.ts';
import type { ProjectorClock } from './clock.ts';
import { faultOf } from './messages.ts';
import type { Fault, Progress } from './messages.ts';
import type { WakeUp } from './wake-up.ts';

export interface FollowOptions {
  /** The last position of the log. */
  readonly head: () => Promise<number>;
  /** How many events lie after a position up to the head, where that is known. */
  readonly lag: (position: number, head: number) => number | null;
  readonly projection: Projection;
  readonly publisher: Publisher;
  readonly wakeUp: WakeUp;
  /** Does what else is asked of the one who projects, and says whether there was anything. @throws whatever cannot pass. */
  readonly work?: () => Promise<boolean>;
  /** Whether those who write are on the same machine, and go first where it falls behind. */
  readonly yieldsToWriters: boolean;
  readonly stopping: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly onRetry: (fault: Fault, delay: number) => void;
  readonly clock?: ProjectorClock;
}

/**
 * `outrun`: more came in during a step than it handled, so that resting costs no reader anything that working would give
 * him: only an end of the import brings the read model up to the log, and that comes sooner where the writer goes first.
 */
type Pace = 'idle' | 'following' | 'behind' | 'outrun';

/** A page is as large as what has come in; where that is more than this, it doubles from page to page. */
const smallestPage = 512;
const largestPage = 8192;
/** Few at a time while following: what comes in meanwhile waits for them. */
const historiesPerPublication = { following: 200, behind: 2000, outrun: 2000 };
/** While events come in, the feed follows in steps, so that it does not hold the projection up: longer ones when behind. */
const publicationInterval = { following: 50, behind: 500, outrun: 500 };
/**
 * What comes in while a page is applied waits this long for company: a page costs a transaction whatever its size, and
 * the threads that serve share the processor with this one.
 */
const gatheringTime = 10;
/** How many times as long as a step took it rests after that, where it is outrun. */
const restsPerStep = 5;
/** In milliseconds, however long a step took: when an import ends, nobody may have to wait for long. */
const longestRest = 2000;
const pollInterval = 1000;
const shortestDelay = 100;
const longestDelay = 5000;

/**
 * Brings the read model, then the feed, up to the log, again and again until told to stop. What may pass is tried again
 * after a while.
 *
 * @throws whatever cannot pass.
 */
export const follow = async (options: FollowOptions): Promise<void> => {
  const { head, lag, projection, publisher, wakeUp, stopping, onProgress, onRetry, clock = machineClock } = options;
  const { yieldsToWriters, work } = options;
  // A read model made anew is not published before it has caught up: readers would see the past once more.
  const publishedFrom = await head();
  let page = smallestPage;
  let recordedAt = 0;
  let feed = { head: 0, position: 0 };
  let published = 0;
  let delay = shortestDelay;

  let wasCaughtUp = false;
  let isTroubled = false;

  const report = async (caughtUp: boolean): Promise<void> => {
    wasCaughtUp = caughtUp;
    const last = await head();
    onProgress({
      head: last,
      lag: lag(projection.position(), last),
      position: projection.position(),
      recordedAt,
      parkedStreams: projection.parkedStreams(),
      feedHead: feed.head,
      feedPosition: feed.position,
      caughtUp,
    });
  };

  /** Whether there is nothing left to do, more came in since, it is behind, or it falls further behind. */
  const step = async (): Promise<Pace> => {
    const before = projection.position();
    const headBefore = await head();
    const applied = await projection.applyNext(page);
    ({ recordedAt } = applied);
    const handled = applied.applied + applied.ignored + applied.parked;
    page = applied.isFull ? Math.min(page * 2, largestPage) : Math.max(smallestPage, handled);
    const caughtUp = handled < smallestPage;
    const moved = applied.position - before;
    if (moved > 0 || caughtUp !== wasCaughtUp) await report(caughtUp);
    // Distances in the log: what they are counted in is the log's own affair.
    const isOutrun = yieldsToWriters && !caughtUp && (await head()) - headBefore > moved;
    const pace = caughtUp ? 'following' : isOutrun ? 'outrun' : 'behind';
    if (applied.position < publishedFrom) return pace;
    if (moved > 0 && clock.monotonic() - published < publicationInterval[pace]) return pace;
    const publication = await publisher.publishNext(historiesPerPublication[pace]);
    published = clock.monotonic();
    const news = publication.head !== feed.head || publication.position !== feed.position;
    feed = { head: publication.head, position: publication.position };
    if (news) await report(caughtUp);
    if (moved > 0) return pace;
    return publication.more ? 'behind' : 'idle';
  };

  const isOver = (): boolean => stopping.aborted;
  while (!isOver()) {
    try {
      const begun = clock.monotonic();
      if ((await work?.()) === true) await report(wasCaughtUp);
      // That may have ended it: what is applied from here on would be another's to say.
      if (isOver()) break;
      const pace = await step();
      delay = shortestDelay;
      if (isTroubled) await report(pace === 'idle' || pace === 'following');
      isTroubled = false;
      if (pace === 'idle') await wakeUp.wait(pollInterval);
      else if (pace === 'following') await clock.rest(gatheringTime, stopping);
      else if (pace === 'outrun')
        await clock.rest(Math.min(restsPerStep * (clock.monotonic() - begun), longestRest), stopping);
      // Messages come in between two batches, the one to stop among them.
      else await clock.yield();
    } catch (error) {
      const fault = faultOf(error);
      if (!fault.retryable) throw error;
      isTroubled = true;
      onRetry(fault, delay);
      // News do not mend it.
      await clock.rest(delay, stopping);
      delay = Math.min(delay * 2, longestDelay);
    }
  }
};
