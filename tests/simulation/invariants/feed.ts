import type { FeedEntry } from '@stance/feed';

import type { Follower } from '../processes/follower.ts';
import { must } from '../violation.ts';
import type { World } from '../world.ts';

type Entry = Pick<FeedEntry, 'position' | 'type' | 'changeId' | 'revision' | 'previous' | 'body'>;

/** The feed as it stands, applied in order. */
export interface FeedInvariant {
  check(): void;
  /** The set that whoever has applied all of it holds. */
  set(): ReadonlyMap<string, string>;
  head(): { readonly epoch: string; readonly position: number };
}

const noGaps = 'the feed has no gaps';

export const createFeedInvariant = (world: World, readModelPosition: () => number): FeedInvariant => {
  const { files } = world;
  const version = files.feedRows.prepare<[], number>('PRAGMA data_version').pluck();
  const epochs = files.feedRows.prepare<[], string>('SELECT epoch FROM feed').pluck();
  const after = files.feedRows.prepare<[number], Entry>(
    `SELECT position, type, change_id AS changeId, revision, previous, body FROM entries WHERE position > ?
     ORDER BY position`,
  );
  const published = files.feedRows.prepare<[], { changeId: string; entry: number }>(
    'SELECT change_id AS changeId, entry FROM published ORDER BY entry',
  );
  const cursors = files.feedRows.prepare<[], number>('SELECT coalesce(max(position), 0) FROM cursors').pluck();
  let seen = -1;
  let epoch = '';
  let position = 0;
  /** How far the read model was when something was last published. */
  let publishedAt = 0;
  let set = new Map<string, { readonly entry: number; readonly revision: number; readonly body: string }>();

  const apply = (entry: Entry): void => {
    must(entry.position === position + 1, noGaps, () => `${String(entry.position)} follows ${String(position)}`);
    position += 1;
    const known = set.get(entry.changeId);
    const isFirst = entry.type === 'StanceChangeDetected';
    must(
      (known === undefined) === isFirst &&
        entry.previous === (known?.entry ?? null) &&
        (isFirst || entry.revision === (known?.revision ?? 0) + 1),
      'each entry of the feed goes on from the one before it about the same change',
      () => `${JSON.stringify(entry)}, before it ${JSON.stringify(known)}`,
    );
    if (entry.type === 'StanceChangeRemoved') set.delete(entry.changeId);
    else set.set(entry.changeId, { entry: position, revision: entry.revision, body: entry.body });
  };

  const checkPublished = (): void => {
    const expected = [...set].map(([changeId, { entry }]) => ({ changeId, entry })).sort((a, b) => a.entry - b.entry);
    const found = published.all();
    must(
      JSON.stringify(found) === JSON.stringify(expected),
      'the published set is what the feed gives when it is applied in order',
      () => `${JSON.stringify(found)} and ${JSON.stringify(expected)}`,
    );
  };

  return {
    check() {
      const now = version.get() ?? 0;
      if (now === seen) return;
      seen = now;
      const current = epochs.get() ?? '';
      if (current !== epoch) {
        epoch = current;
        position = 0;
        publishedAt = 0;
        set = new Map();
      }
      const readModel = readModelPosition();
      const cursor = cursors.get() ?? 0;
      must(
        cursor <= readModel || cursor === 0 || readModel < publishedAt,
        'the feed never says more than the read model has',
        () => `it says what there is up to ${String(cursor)}, the read model is at ${String(readModel)}`,
      );
      const entries = after.all(position);
      if (entries.length === 0) return;
      must(
        readModel >= publishedAt,
        'nothing is published before a read model made anew has caught up',
        () => `it is at ${String(readModel)}, and was at ${String(publishedAt)}`,
      );
      publishedAt = readModel;
      for (const entry of entries) apply(entry);
      checkPublished();
    },
    set: () => new Map([...set].map(([changeId, { body }]) => [changeId, body])),
    head: () => ({ epoch, position }),
  };
};

/** Those who follow the feed: each holds what it gives up to where he is, wherever he has been interrupted. */
export const createFollowersInvariant = (world: World, followers: readonly Follower[]): (() => void) => {
  const entries = world.files.feedRows.prepare<[number], Entry>(
    `SELECT position, type, change_id AS changeId, revision, previous, body FROM entries WHERE position <= ?
     ORDER BY position`,
  );
  const epochs = world.files.feedRows.prepare<[], string>('SELECT epoch FROM feed').pluck();
  const checked = new WeakSet();

  return () => {
    for (const { held, life } of followers) {
      if (checked.has(held)) continue;
      checked.add(held);
      // What he holds of a feed that is lost nobody can tell any more.
      if (held.epoch !== epochs.get()) continue;
      const expected = new Map<string, string>();
      for (const { type, changeId, body } of entries.all(held.position)) {
        if (type === 'StanceChangeRemoved') expected.delete(changeId);
        else expected.set(changeId, body);
      }
      must(
        held.changes.size === expected.size && [...expected].every(([id, body]) => held.changes.get(id) === body),
        'who reads on from the last position he saw has missed nothing',
        () => `${life.name} at ${String(held.position)} holds ${String(held.changes.size)} of ${String(expected.size)}`,
      );
    }
  };
};
