import { createChangesMatch } from '@stance/feed';
import type { ChangeNews, ChangesFilter } from '@stance/feed';

import { markOf } from './audience.ts';
import type { Interest, Told } from './audience.ts';
import type { ChangeEntry } from './published-changes.ts';

const told = ({ json, replacedBy }: ChangeEntry, news: ChangeNews): Told => {
  if (news === 'detected') return { name: 'StanceChangeDetected', data: `{"change":${json}}` };
  if (news === 'revised') return { name: 'StanceChangeRevised', data: `{"change":${json}}` };
  const successor = news === 'gone' && replacedBy !== null ? `,"replacedBy":"${replacedBy}"` : '';
  return { name: 'StanceChangeRemoved', data: `{"change":${json},"reason":"${news}"${successor}}` };
};

/** The current set as far as it matches a filter, for whoever applies what is told in order. */
export const changeInterest = (filter: ChangesFilter): Interest<ChangeEntry> => {
  const { holder } = filter;
  const match = createChangesMatch(filter);
  return {
    ofHolder: holder !== null,
    audience(survivors) {
      const survivor = holder === null ? null : survivors.of(holder);
      return {
        all: match.all,
        mark: holder === null || survivor === null ? '' : markOf(holder, [survivor]),
        tell(entry) {
          const news = match.newsOf(entry, survivor);
          return news === null ? null : told(entry, news);
        },
        tellCurrent: (entry) => (match.holds(entry, survivor) ? told(entry, 'detected') : null),
      };
    },
  };
};
