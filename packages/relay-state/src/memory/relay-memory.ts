import { beforeAnyFeed, beginningOfLog } from '../beginning.ts';
import { RelayStateError } from '../errors.ts';
import type { FeedCheckpoint, RelayCheckpoint, RelayState } from '../relay-state.ts';
import { superseded } from '../superseded.ts';

export interface RelayMemoryOptions {
  /** Milliseconds that only grow; the process's own where left out. */
  readonly clock?: () => number;
}

/** What several relays of one process share: for tests. */
export interface RelayMemory<Checkpoint = RelayCheckpoint> {
  /** A handle for one of them. */
  open(): RelayState<Checkpoint>;
  checkpoint(): Checkpoint;
}

const createMemory = <Checkpoint extends object>(
  beginning: Checkpoint,
  { clock = () => performance.now() }: RelayMemoryOptions,
): RelayMemory<Checkpoint> => {
  const same = (a: Checkpoint, b: Checkpoint): boolean =>
    Object.keys(beginning).every((part) => Reflect.get(a, part) === Reflect.get(b, part));
  let epoch = 0;
  let owner: string | null = null;
  let expiresAt = Number.NEGATIVE_INFINITY;
  let checkpoint = beginning;

  const checkHolds = (given: number): void => {
    if (given !== epoch || owner === null) throw superseded(given);
  };

  const open = (): RelayState<Checkpoint> => {
    let closed = false;
    const checkOpen = (): void => {
      if (closed) throw new RelayStateError('relay-state-closed', "the relay's state is closed");
    };
    return {
      async acquire(by, ttl) {
        checkOpen();
        if (owner !== null && owner !== by && expiresAt > clock()) return null;
        epoch += 1;
        owner = by;
        expiresAt = clock() + ttl;
        return { epoch, checkpoint };
      },
      async renew(given, ttl) {
        checkOpen();
        checkHolds(given);
        expiresAt = clock() + ttl;
      },
      async store({ epoch: given, ttl, expected, next }) {
        checkOpen();
        checkHolds(given);
        if (!same(checkpoint, expected) && !same(checkpoint, next)) throw superseded(given);
        checkpoint = { ...next };
        expiresAt = clock() + ttl;
      },
      async release(given) {
        checkOpen();
        if (given === epoch) owner = null;
      },
      async close() {
        closed = true;
      },
    };
  };

  return { open, checkpoint: () => checkpoint };
};

/** Keeps the lease and the checkpoint as long as the process lives. It keeps every promise of the port but durability. */
export const createRelayMemory = (options: RelayMemoryOptions = {}): RelayMemory =>
  createMemory(beginningOfLog, options);

/** The same for those who relay a feed. */
export const createFeedRelayMemory = (options: RelayMemoryOptions = {}): RelayMemory<FeedCheckpoint> =>
  createMemory(beforeAnyFeed, options);
