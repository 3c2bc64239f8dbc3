import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { beforeAnyFeed, beginningOfLog } from '../beginning.ts';
import type { FeedCheckpoint, RelayCheckpoint, RelayLease, RelayState } from '../relay-state.ts';

/** One state for all relays of a log, empty at first. */
export interface OpenedRelayState<Checkpoint = RelayCheckpoint> {
  /** A handle for one more relay. */
  open(): Promise<RelayState<Checkpoint>>;
  /** Closes what is open and removes it. */
  dispose(): Promise<void>;
}

/** Places that a checkpoint can be at; they differ in every part. */
interface Places<Checkpoint> {
  readonly start: Checkpoint;
  readonly further: Checkpoint;
  readonly furthest: Checkpoint;
}

const inLog: Places<RelayCheckpoint> = {
  start: beginningOfLog,
  further: { position: 900, lastEvent: 850, count: 7, recordedAt: 1_700_000_000_000 },
  furthest: { position: 8_000_000_000_000, lastEvent: 950, count: 8, recordedAt: 1_700_000_000_001 },
};

const inFeed: Places<FeedCheckpoint> = {
  start: beforeAnyFeed,
  further: { feed: 'a', generation: 1_700_000_000_000, position: 9, recordedAt: 1_700_000_000_000, swept: true },
  furthest: { feed: 'b', generation: 1_700_000_000_001, position: 0, recordedAt: 0, swept: false },
};

/** Longer than any test. */
const long = 60_000;
const superseded = { name: 'RelayStateError', code: 'relay-superseded', retryable: false };

const describeState = <Checkpoint extends object>(
  name: string,
  open: () => Promise<OpenedRelayState<Checkpoint>>,
  { start, further, furthest }: Places<Checkpoint>,
): void => {
  describe(`the relay's state: ${name}`, () => {
    let opened: OpenedRelayState<Checkpoint>;
    let state: RelayState<Checkpoint>;
    let others: RelayState<Checkpoint>;

    const acquired = async (by: string, ttl = long, from = state): Promise<RelayLease<Checkpoint>> => {
      const lease = await from.acquire(by, ttl);
      if (lease === null) throw new Error(`${by} got no lease`);
      return lease;
    };
    const checkpointSeenBy = async (by: string): Promise<Checkpoint> => (await acquired(by)).checkpoint;

    beforeEach(async () => {
      opened = await open();
      state = await opened.open();
      others = await opened.open();
    });

    afterEach(() => opened.dispose());

    it('begins at the start of the log', async () => {
      expect((await acquired('a')).checkpoint).toEqual(start);
    });

    it('gives the lease to one at a time', async () => {
      await acquired('a');
      expect(await others.acquire('b', long)).toBeNull();
    });

    it('gives a lease to one of many who ask at once', async () => {
      const owners = Array.from({ length: 10 }, (_, index) => `owner-${String(index)}`);
      const answers = await Promise.all(
        owners.map((owner, index) => (index % 2 === 0 ? state : others).acquire(owner, long)),
      );
      expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    });

    it('gives each lease a higher epoch than the one before, to the same owner too', async () => {
      const first = await acquired('a');
      const second = await acquired('a');
      await state.release(second.epoch);
      const third = await acquired('b', long, others);
      expect(second.epoch).toBeGreaterThan(first.epoch);
      expect(third.epoch).toBeGreaterThan(second.epoch);
      await expect(state.renew(first.epoch, long)).rejects.toMatchObject(superseded);
    });

    it('gives the lease to another once it has run out', async () => {
      const first = await acquired('a', 1);
      await expect.poll(() => others.acquire('b', long)).not.toBeNull();
      await expect(state.renew(first.epoch, long)).rejects.toMatchObject(superseded);
    });

    it('gives the lease to another at once when it was given back', async () => {
      const { epoch } = await acquired('a');
      await state.release(epoch);
      await acquired('b', long, others);
    });

    it('takes nothing back for one who was superseded and gives his lease back', async () => {
      const first = await acquired('a', 1);
      await expect.poll(() => others.acquire('b', long)).not.toBeNull();
      await state.release(first.epoch);
      expect(await state.acquire('c', long)).toBeNull();
    });

    it('holds a lease for longer when it is renewed, and one that has run out, too, while nobody has taken it', async () => {
      const { epoch } = await acquired('a', 1);
      await state.renew(epoch, long);
      expect(await others.acquire('b', long)).toBeNull();
    });

    it('shortens a lease that is renewed for less', async () => {
      const { epoch } = await acquired('a');
      await state.renew(epoch, 1);
      await expect.poll(() => others.acquire('b', long)).not.toBeNull();
    });

    it('moves the checkpoint of who has the lease, and renews it', async () => {
      const { epoch } = await acquired('a', 1);
      await state.store({ epoch, ttl: long, expected: start, next: further });
      expect(await others.acquire('b', long)).toBeNull();
      await state.store({ epoch, ttl: long, expected: further, next: furthest });
      await state.release(epoch);
      expect(await checkpointSeenBy('b')).toEqual(furthest);
    });

    it('moves the checkpoint once where the same move is asked for again', async () => {
      const { epoch } = await acquired('a');
      const move = { epoch, ttl: long, expected: start, next: further };
      await state.store(move);
      await state.store(move);
      expect(await checkpointSeenBy('a')).toEqual(further);
    });

    it('refuses to move a checkpoint that is elsewhere, in whatever part, and leaves it there', async () => {
      const { epoch } = await acquired('a');
      await state.store({ epoch, ttl: long, expected: start, next: further });
      for (const differing of Object.keys(further)) {
        const expected = { ...further, [differing]: Reflect.get(start, differing) as unknown };
        await expect(state.store({ epoch, ttl: long, expected, next: furthest })).rejects.toMatchObject(superseded);
      }
      expect(await checkpointSeenBy('a')).toEqual(further);
    });

    it('refuses to move the checkpoint for one who was superseded, wherever it is', async () => {
      const first = await acquired('a', 1);
      await expect.poll(() => others.acquire('b', long)).not.toBeNull();
      const move = { epoch: first.epoch, ttl: long, expected: start, next: further };
      await expect(state.store(move)).rejects.toMatchObject(superseded);
      expect(await checkpointSeenBy('b')).toEqual(start);
    });

    it('refuses one who has given his lease back', async () => {
      const { epoch } = await acquired('a');
      await state.release(epoch);
      await expect(state.renew(epoch, long)).rejects.toMatchObject(superseded);
      const move = { epoch, ttl: long, expected: start, next: further };
      await expect(state.store(move)).rejects.toMatchObject(superseded);
    });

    it('is the same for a handle that is opened later', async () => {
      const { epoch } = await acquired('a');
      await state.store({ epoch, ttl: long, expected: start, next: further });
      await state.close();
      const later = await opened.open();
      expect(await later.acquire('b', long)).toBeNull();
      await later.release(epoch);
      expect(await later.acquire('b', long)).toMatchObject({ checkpoint: further });
    });

    it('is closed for good', async () => {
      const { epoch } = await acquired('a');
      await state.close();
      const closed = { code: 'relay-state-closed', retryable: false };
      await expect(state.acquire('a', long)).rejects.toMatchObject(closed);
      await expect(state.renew(epoch, long)).rejects.toMatchObject(closed);
      await expect(state.release(epoch)).rejects.toMatchObject(closed);
      await expect(state.store({ epoch, ttl: long, expected: start, next: further })).rejects.toMatchObject(closed);
    });
  });
};

/** What every state of the relay promises; `open` makes an empty one. */
export const describeRelayStateContract = (name: string, open: () => Promise<OpenedRelayState>): void => {
  describeState(name, open, inLog);
};

/** The same of a state of those who relay a feed. */
export const describeFeedRelayStateContract = (
  name: string,
  open: () => Promise<OpenedRelayState<FeedCheckpoint>>,
): void => {
  describeState(`${name}, of a feed`, open, inFeed);
};
