import type { Life } from '../life.ts';
import type { World } from '../world.ts';

/** What a reader of the feed holds: the current set of changes, by applying the changelog in order. */
export interface Held {
  readonly epoch: string;
  readonly position: number;
  /** What was last said of each change, by its id. */
  readonly changes: ReadonlyMap<string, string>;
}

export interface Follower {
  /** As it is now; kept over the ends of its process as far as `kept` says. */
  held: Held;
  kept: Held;
  life: Life;
}

export const nothingHeld: Held = { epoch: '', position: 0, changes: new Map() };

const pageSize = 3;
/** In milliseconds. */
const interval = 200;

export const startFollower = (world: World, follower: Follower): void => {
  const { life } = follower;
  const { random } = world.scheduler;

  const turn = async (): Promise<boolean> => {
    const { position, changes } = follower.held;
    const { epoch, entries } = await world.feedSessions.readAs(life, position, pageSize);
    // A position of another feed says nothing here: all from the start.
    if (epoch !== follower.held.epoch) {
      follower.held = { ...nothingHeld, epoch };
      return true;
    }
    const last = entries.at(-1);
    if (last === undefined) return false;
    const applied = new Map(changes);
    for (const { type, changeId, body } of entries) {
      if (type === 'StanceChangeRemoved') applied.delete(changeId);
      else applied.set(changeId, body);
    }
    follower.held = { epoch, position: last.position, changes: applied };
    // What it notes down may be older than what it has.
    if (random.integer(3) === 0) follower.kept = follower.held;
    return true;
  };

  const run = async (): Promise<void> => {
    for (;;) {
      const isMore = await turn().catch(() => false);
      if (!isMore) await life.rest(interval);
    }
  };

  follower.held = follower.kept;
  void run();
};
