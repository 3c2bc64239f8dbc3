import { changeId } from '@stance/contracts';
import type { StanceChange } from '@stance/domain';

import type { NewFeedEntry, PublishedChange } from './feed-entry.ts';
import { createSuccessors } from './successors.ts';

/** A history's changes as they are now. */
export interface CurrentChanges {
  readonly holder: string;
  readonly proposition: string;
  readonly method: { readonly name: string; readonly version: number };
  /** Each as JSON. */
  readonly changes: readonly string[];
}

// The projection wrote this text itself, from a change.
export const changeOf = (body: string): StanceChange => JSON.parse(body) as StanceChange;

const removals = (gone: readonly PublishedChange[], detected: ReadonlyMap<string, StanceChange>): NewFeedEntry[] => {
  const successors = createSuccessors(detected);
  return gone.map(({ changeId: id, holder, proposition, method, body, revision, detectedAt, entry }) => {
    // Two changes that go do not go on in the same one.
    const replacedBy = detected.size === 0 ? null : successors.take(changeOf(body));
    return {
      type: 'StanceChangeRemoved',
      changeId: id,
      holder,
      proposition,
      method,
      body,
      revision: revision + 1,
      detectedAt,
      previous: entry,
      replacedBy,
    };
  });
};

/**
 * What has to be published so that the published set of a history becomes its current one: removals first, then
 * detections and revisions in the order of the changes.
 */
export const differenceOf = (
  current: CurrentChanges,
  published: readonly PublishedChange[],
  detectedAt: number,
): NewFeedEntry[] => {
  const { holder, proposition, method } = current;
  const before = new Map(published.map((change) => [change.changeId, change]));
  const detected = new Map<string, StanceChange>();
  const entries: NewFeedEntry[] = [];
  for (const body of current.changes) {
    const change = changeOf(body);
    const id = changeId({ method: method.name, holder, proposition, track: change.track, openedBy: change.openedBy });
    const common = { changeId: id, holder, proposition, method, body, replacedBy: null };
    const known = before.get(id);
    before.delete(id);
    if (known === undefined) {
      detected.set(id, change);
      entries.push({ type: 'StanceChangeDetected', ...common, revision: 0, detectedAt, previous: null });
    } else if (known.body !== body || known.method.version !== method.version) {
      const { revision, entry } = known;
      const first = known.detectedAt;
      entries.push({
        type: 'StanceChangeRevised',
        ...common,
        revision: revision + 1,
        detectedAt: first,
        previous: entry,
      });
    }
  }
  return before.size === 0 ? entries : [...removals([...before.values()], detected), ...entries];
};
