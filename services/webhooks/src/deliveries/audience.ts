import { daysOf } from '@stance/domain';
import type { Survivors } from '@stance/domain';
import { createChangesMatch } from '@stance/feed';
import type { ChangeNews, FilteredEntry } from '@stance/feed';
import type { WebhookFilter } from '@stance/webhooks';

/** Which changes an endpoint is told, settled as the merges of actors are known. */
export interface Audience {
  /** Another one as soon as it is told others. */
  readonly name: string;
  /** What an entry is to the endpoint; `null`: nothing. */
  newsOf(entry: FilteredEntry): ChangeNews | null;
}

/** The days of a filter. @throws DateError where one of them is no date. */
export const filteredDays = ({ from, to }: Pick<WebhookFilter, 'from' | 'to'>) => ({
  from: from === undefined ? null : daysOf(from).earliest,
  to: to === undefined ? null : daysOf(to).latest,
});

/** Who answers for the holder of a filter. */
const survivorIn = ({ holder }: WebhookFilter, survivors: Survivors<string> | null): string | null =>
  holder === undefined ? null : (survivors?.of(holder) ?? holder);

/** @param survivors as whom actors answer; not needed where the filter names no holder. */
export const audienceOf = (filter: WebhookFilter, survivors: Survivors<string> | null): Audience => {
  const { holder, proposition, kinds, statuses } = filter;
  const survivor = survivorIn(filter, survivors);
  const match = createChangesMatch({
    holder: holder ?? null,
    proposition: proposition ?? null,
    kinds: kinds ?? null,
    statuses: statuses ?? null,
    ...filteredDays(filter),
  });
  return {
    name: JSON.stringify({ filter, survivor }),
    newsOf: (entry) => match.newsOf(entry, survivor),
  };
};

/** Why it is told others: the filter was changed, or the same holder answers as somebody else. */
export const whatChanged = (name: string, filter: WebhookFilter): 'filter-changed' | 'holder-changed' => {
  const { filter: before } = JSON.parse(name) as { readonly filter: WebhookFilter };
  return JSON.stringify(before) === JSON.stringify(filter) ? 'holder-changed' : 'filter-changed';
};
