import type { FollowingClock } from './clock.ts';
import type { PageStore } from './page-store.ts';
import type { StreamEnd } from './stream-reader.ts';
import { unknownEpoch } from './stream-source.ts';
import type { StreamEntry, StreamSource } from './stream-source.ts';

/** The longest rest between two looks where there is more to read, in milliseconds. */
const longestRest = 250;

export interface TailOptions<Entry extends StreamEntry> {
  readonly source: StreamSource<Entry>;
  readonly pages: PageStore<Entry>;
  readonly clock: FollowingClock;
  readonly pollMs: number;
  /** Whether anybody wants to know. */
  readonly isFollowed: () => boolean;
  /** Another feed or log has come in the place of the one before. */
  readonly onEpoch: () => void;
  /** Before what is new is read. */
  readonly onLook: () => Promise<void>;
  /** Whoever follows may be sent more: there is one page more, or what could not be read before may be there now. */
  readonly onMore: () => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

/** Reads a stream as it grows, once for all who follow it. */
export interface Tail {
  /** How far it has read. */
  at(): StreamEnd;
  /** Resolves once it knows where the stream is. @throws what the source does. */
  ready(): Promise<void>;
  notify(): void;
  stop(): void;
}

export const createTail = <Entry extends StreamEntry>(options: TailOptions<Entry>): Tail => {
  const { source, pages, clock, pollMs, isFollowed, onEpoch, onLook, onMore, onFault } = options;
  let at: StreamEnd = { epoch: unknownEpoch, position: 0 };
  let looking: Promise<void> | null = null;
  /** Somebody said during the look that there is more. */
  let again = false;
  let stopped = false;
  let cancel: (() => void) | null = null;
  let restUntil = 0;
  let fault = false;

  const lookIn = (milliseconds: number): void => {
    cancel?.();
    cancel = stopped ? null : clock.after(milliseconds, () => void look().catch(() => undefined));
  };

  const readOn = async (): Promise<void> => {
    const { epoch, visible } = await source.look();
    if (epoch !== at.epoch) {
      const isFirst = at.epoch === unknownEpoch;
      pages.clear();
      at = { epoch, position: isFollowed() && isFirst ? 0 : visible };
      if (!isFirst) onEpoch();
    }
    if (!isFollowed()) at = { epoch, position: Math.max(at.position, visible) };
    await onLook();
    await onMore();
    while (at.position < visible && !stopped) {
      const page = await source.read({ after: at.position, upTo: visible });
      if (page.upTo === at.position) return;
      pages.put('all', page, epoch);
      at = { epoch, position: page.upTo };
      await onMore();
    }
  };

  const look = (): Promise<void> => {
    cancel?.();
    cancel = null;
    looking ??= (async () => {
      const begun = clock.now();
      again = false;
      try {
        await readOn();
        fault = false;
      } catch (error) {
        if (!fault) onFault(error);
        fault = true;
        throw error;
      } finally {
        looking = null;
        // At most half of the time goes into this: the busier it is, the more a page holds.
        const rest = Math.min(longestRest, clock.now() - begun);
        restUntil = clock.now() + rest;
        if (isFollowed()) lookIn(again && !fault ? rest : pollMs);
      }
    })();
    return looking;
  };

  return {
    at: () => at,
    async ready() {
      // While it is followed, it is never further behind than a look.
      if (isFollowed() && !fault) return;
      await look();
    },
    notify() {
      again = true;
      if (looking === null && isFollowed()) lookIn(Math.max(0, restUntil - clock.now()));
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };
};
