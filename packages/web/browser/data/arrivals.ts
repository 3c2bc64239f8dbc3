import type { ChangeAnswer } from '@stance/client';

import { latestNews } from './live.ts';
import type { News } from './live.ts';
import { token } from './token.ts';

/** Changes that were detected since the page was opened and still stand, by id, the last one last. */
export type Arrivals = ReadonlyMap<string, ChangeAnswer>;

/** So many are kept: the last ones. */
export const mostArrivals = 1000;

const kept = new Map<string, ChangeAnswer>();
/** After a reset all that there is is told once more, up to the next position: that is no news. */
let isToldAnew = false;

const take = (news: News): void => {
  switch (news.type) {
    case 'StanceChangeDetected':
      if (isToldAnew) return;
      kept.set(news.change.id, news.change);
      if (kept.size > mostArrivals) kept.delete(kept.keys().next().value ?? '');
      return;
    case 'StanceChangeRevised':
      if (kept.has(news.change.id)) kept.set(news.change.id, news.change);
      return;
    case 'StanceChangeRemoved':
      kept.delete(news.change.id);
      return;
    case 'reset':
      kept.clear();
      isToldAnew = true;
      return;
    case 'position':
      isToldAnew = false;
      return;
    case 'missed':
  }
};

latestNews.subscribe((news) => {
  if (news !== null) take(news);
});
token.subscribe(() => {
  kept.clear();
  isToldAnew = false;
});

/** Those up to now. */
export const arrivalsUpToNow = (): Arrivals => new Map(kept);
