import { daysOf } from '@stance/domain';
import { createChangesMatch } from '@stance/feed';
import type { ChangeNews, FilteredEntry } from '@stance/feed';
import type { KnownMerges } from '@stance/read-model';
import type { Webhook, WebhookFilter } from '@stance/webhooks';

/** Which changes an endpoint is told, settled as the merges of actors are known. */
export interface Audience {
  /** Another one as soon as it is told others. */
  readonly name: string;
  /** What an entry is to the endpoint; `null`: nothing. */
  newsOf(entry: FilteredEntry): ChangeNews | null;
}

/** What the name of an audience says. */
interface Named {
  readonly filter: WebhookFilter;
  /** Who answers for the holder of the filter; `null` without one. */
  readonly survivor: string | null;
  /** As of which position of the log that was known. */
  readonly knownAt: number;
}

// The deliverer wrote it itself.
const namedBy = (name: string): Named => JSON.parse(name) as Named;

const isSame = (one: WebhookFilter, other: WebhookFilter): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The days of a filter. @throws DateError where one of them is no date. */
export const filteredDays = ({ from, to }: Pick<WebhookFilter, 'from' | 'to'>) => ({
  from: from === undefined ? null : daysOf(from).earliest,
  to: to === undefined ? null : daysOf(to).latest,
});

const survivorNow = (filter: WebhookFilter, merges: KnownMerges | null, before: Named | null): Named => {
  const { holder } = filter;
  if (holder === undefined) return { filter, survivor: null, knownAt: 0 };
  const { position = 0, survivors = null } = merges ?? {};
  // A read model that is made anew does not know of merges yet that it knew of before.
  if (before !== null && isSame(before.filter, filter) && position < before.knownAt) return before;
  return { filter, survivor: survivors?.of(holder) ?? holder, knownAt: position };
};

/**
 * @param merges as whom actors answer; not needed where the filter names no holder.
 * @param before the name of the audience that the endpoint was told as so far; `null`: it was told nothing.
 */
export const audienceOf = (filter: WebhookFilter, merges: KnownMerges | null, before: string | null): Audience => {
  const told = before === null ? null : namedBy(before);
  const now = survivorNow(filter, merges, told);
  const { holder, proposition, kinds, statuses } = filter;
  const match = createChangesMatch({
    holder: holder ?? null,
    proposition: proposition ?? null,
    kinds: kinds ?? null,
    statuses: statuses ?? null,
    ...filteredDays(filter),
  });
  const isAsBefore = told !== null && isSame(told.filter, filter) && told.survivor === now.survivor;
  return {
    name: isAsBefore && before !== null ? before : JSON.stringify(now),
    newsOf: (entry) => match.newsOf(entry, now.survivor),
  };
};

/** Whether an endpoint is told by the filter that it has. Where not, it is about to be told everything anew. */
export const isToldByItsFilter = ({ filter, place }: Pick<Webhook, 'filter' | 'place'>): boolean =>
  isSame(namedBy(place.audience).filter, filter);
