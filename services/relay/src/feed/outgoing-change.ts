import type { OutgoingChange } from '@stance/distribution';
import { toldEntry } from '@stance/feed';
import type { FeedEntry } from '@stance/feed';

/** An entry of the feed as it goes out. */
export const outgoingChange = (entry: FeedEntry): OutgoingChange => ({
  position: entry.position,
  type: entry.type,
  changeId: entry.changeId,
  holder: entry.holder,
  recordedAt: entry.recordedAt,
  replacedBy: entry.replacedBy,
  isRemoved: entry.type === 'StanceChangeRemoved',
  data: JSON.stringify(toldEntry(entry)),
});
