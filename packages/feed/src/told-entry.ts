import { toldChange } from '@stance/contracts';
import type { PublishedChangeAnswer } from '@stance/contracts';

import { changeOf } from './difference.ts';
import type { FeedEntry } from './feed-entry.ts';

/** The change of an entry as every way out tells it: of a removed one, as it was last. */
export const toldEntry = (entry: FeedEntry): PublishedChangeAnswer => {
  const { changeId, holder, proposition, method, revision, detectedAt } = entry;
  const change = changeOf(entry.body);
  return {
    id: changeId,
    holder,
    proposition,
    ...toldChange(change),
    evidence: change.evidence.map(({ role, statementId, weight }) => ({ role, statementId, weight })),
    detectedAt: new Date(detectedAt).toISOString(),
    revision,
    method,
  };
};
