import type { StoredEvent } from '../event-store.ts';
import { createHeadListeners } from '../head-listeners.ts';
import type { FollowedLog } from './follow.ts';

export interface HeadWatchOptions {
  readonly follow: (after: number, signal: AbortSignal) => FollowedLog;
  /** The last event, where it stands after a position. */
  readonly lastAfter: (known: number) => Promise<StoredEvent | null>;
  /** Told of events of any process as they are seen. */
  readonly onEvent: (event: StoredEvent) => void;
}

/** Where the log ends, with what other processes append. */
export interface HeadWatch {
  /** Asks the server. */
  head(): Promise<number>;
  /** Follows the end of the log as long as anybody listens. */
  onHead(listener: (head: number) => void): () => void;
  /** An event of this process stands at this position. */
  moved(position: number): void;
  close(): void;
}

export function createHeadWatch({ follow, lastAfter, onEvent }: HeadWatchOptions): HeadWatch {
  const listeners = createHeadListeners();
  let count = 0;
  let following: AbortController | undefined;
  /** The highest position known. */
  let known = 0;

  async function tellHeads(after: number, signal: AbortSignal): Promise<void> {
    for await (const said of follow(after, signal)) {
      if (said.kind !== 'event') continue;
      onEvent(said.event);
      known = Math.max(known, said.event.position);
      listeners.tell(said.event.position);
    }
  }

  function stop(): void {
    following?.abort();
    following = undefined;
  }

  return {
    async head() {
      const last = await lastAfter(known);
      if (last !== null) {
        onEvent(last);
        known = Math.max(known, last.position);
      }
      return known;
    },
    onHead(listener) {
      const end = listeners.add(listener);
      let listening = true;
      count += 1;
      if (following === undefined) {
        following = new AbortController();
        // It ends with an error only where another program has written into the streams: reading says so to everybody.
        tellHeads(known, following.signal).catch(() => undefined);
      }
      return () => {
        end();
        if (listening) count -= 1;
        listening = false;
        if (count === 0) stop();
      };
    },
    moved(position) {
      known = Math.max(known, position);
    },
    close() {
      stop();
      listeners.clear();
    },
  };
}
