import type { ListedChange } from '@stance/client';

import type { Horizon } from '../address/place.ts';
import { bandsOf } from './bands.ts';
import type { Band } from './bands.ts';
import { changesQueryOf } from './changes-query.ts';
import { service } from './service.ts';

/** What the bands are of. */
export type Subject = { readonly holder: string } | { readonly proposition: string };

/** The bands of everything that a holder has a stance on, or of all who have one on a proposition; page by page. */
export const loadBands = async (
  subject: Subject,
  horizon: Horizon,
  signal: AbortSignal,
  tell: (bands: readonly Band[]) => void,
): Promise<readonly Band[]> => {
  const changes: ListedChange[] = [];
  const query = { ...subject, ...changesQueryOf(horizon), limit: 1000 };
  for await (const { items, next } of service.changes.list(query, { signal }).pages()) {
    changes.push(...items);
    if (next !== undefined) tell(bandsOf(changes));
  }
  return bandsOf(changes);
};
