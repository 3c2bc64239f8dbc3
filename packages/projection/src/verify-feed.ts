import { setTimeout as pause } from 'node:timers/promises';

import type { FeedReader } from '@stance/feed';

export interface VerifiedFeed {
  readonly equal: boolean;
  /** The last entry looked at. */
  readonly head: number;
  /** The first place where positions have a gap; `null` where they have none. */
  readonly gapAfter: number | null;
  /** How many changes the current set has, and how many the feed gives when it is applied in order. */
  readonly current: number;
  readonly applied: number;
  /** The first change that one has and the other not, or not so; `null` for none. */
  readonly firstDifference: {
    readonly changeId: string;
    readonly current: string | null;
    readonly applied: string | null;
  } | null;
}

const entriesPerPage = 1000;
/** How long a publisher at work may go without publishing any more of what the read model had. */
const patience = 5000;
const betweenLooks = 50;

/** Reads on from a position; returns the last one read. */
const readOn = async (
  feed: FeedReader,
  after: number,
  upTo: number,
  each: (entry: Awaited<ReturnType<FeedReader['readFeed']>>[number]) => void,
): Promise<number> => {
  let position = after;
  while (position < upTo) {
    // Page after page.
    const page = await feed.readFeed({ after: position, limit: Math.min(entriesPerPage, upTo - position) });
    const last = page.at(-1);
    if (last === undefined) return position;
    page.forEach(each);
    position = last.position;
  }
  return position;
};

/**
 * Applies the feed up to a head that was read before the current changes were, and compares. What the publisher had yet
 * to publish by then does not count as different, as long as it goes on publishing it.
 */
export const verifyFeed = async (
  feed: FeedReader,
  head: number,
  current: AsyncIterable<{ readonly id: string; readonly body: string }>,
): Promise<VerifiedFeed> => {
  const applied = new Map<string, string>();
  let gapAfter: number | null = null;
  let expected = 1;
  const position = await readOn(feed, 0, head, (entry) => {
    if (entry.position !== expected) gapAfter ??= expected - 1;
    expected = entry.position + 1;
    if (entry.type === 'StanceChangeRemoved') applied.delete(entry.changeId);
    else applied.set(entry.changeId, entry.body);
  });
  const appliedCount = applied.size;
  const different = new Map<string, { current: string | null; applied: string | null }>();
  let count = 0;
  for await (const { id, body } of current) {
    count += 1;
    const other = applied.get(id);
    applied.delete(id);
    if (other !== body) different.set(id, { current: body, applied: other ?? null });
  }
  for (const [id, body] of applied) different.set(id, { current: null, applied: body });

  let giveUp = performance.now() + patience;
  let seen = position;
  while (different.size > 0 && performance.now() < giveUp) {
    const before = different.size;
    // What moved on in the feed meanwhile was only late.
    seen = await readOn(feed, seen, await feed.head(), ({ changeId }) => {
      different.delete(changeId);
    });
    if (different.size < before) giveUp = performance.now() + patience;
    if (different.size > 0) await pause(betweenLooks);
  }
  const [first] = different;
  return {
    equal: gapAfter === null && first === undefined,
    head: position,
    gapAfter,
    current: count,
    applied: appliedCount,
    firstDifference: first === undefined ? null : { changeId: first[0], ...first[1] },
  };
};
