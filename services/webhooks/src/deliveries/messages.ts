import type { WebhookMessage, WebhookResetReason } from '@stance/contracts';
import { changeOf, toldEntry } from '@stance/feed';
import type { ChangeNews, FeedEntry, FilteredEntry } from '@stance/feed';
import type { Delivery } from '@stance/webhooks';

/** What is to be told, before it was tried. */
export type NewMessage = Pick<Delivery, 'message' | 'position' | 'type' | 'changeId' | 'body'>;

/** Of which feed, and in which round of an endpoint. */
export interface Telling {
  readonly feed: string;
  readonly round: number;
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The same entry, told in another round, is another message: who has seen the first is to look at it again. */
const idOf = ({ feed, round }: Telling, position: number): string => `${feed}.${String(position)}.${String(round)}`;

/** An entry, as filters look at it. */
export const filteredEntry = ({ type, holder, proposition, body, previousBody }: FeedEntry): FilteredEntry => ({
  type,
  holder,
  proposition,
  change: changeOf(body),
  previous: () => (previousBody === null ? null : changeOf(previousBody)),
});

const messageOf = (entry: FeedEntry, news: ChangeNews, feed: string): WebhookMessage => {
  const timestamp = instant(entry.recordedAt);
  const data = { feed, position: entry.position, change: toldEntry(entry) };
  if (news === 'detected') return { type: 'StanceChangeDetected', timestamp, data };
  if (news === 'revised') return { type: 'StanceChangeRevised', timestamp, data };
  const successor = news === 'gone' && entry.replacedBy !== null ? { replacedBy: entry.replacedBy } : {};
  return { type: 'StanceChangeRemoved', timestamp, data: { ...data, reason: news, ...successor } };
};

/** What an endpoint is sent of an entry. */
export const entryMessage = (entry: FeedEntry, news: ChangeNews, telling: Telling): NewMessage => {
  const message = messageOf(entry, news, telling.feed);
  return {
    message: idOf(telling, entry.position),
    position: entry.position,
    type: message.type,
    changeId: entry.changeId,
    body: JSON.stringify(message),
  };
};

/** Tells an endpoint to drop what it was told: all that there is follows. */
export const resetMessage = (reason: WebhookResetReason, telling: Telling, at: number): NewMessage => {
  const { feed } = telling;
  const message: WebhookMessage = { type: 'stance.reset', timestamp: instant(at), data: { feed, reason } };
  return { message: idOf(telling, 0), position: 0, type: message.type, changeId: null, body: JSON.stringify(message) };
};

/** Says nothing, to try whether it arrives. */
export const pingMessage = (
  webhook: string,
  id: string,
  at: number,
): { readonly id: string; readonly body: string } => {
  const message: WebhookMessage = { type: 'stance.ping', timestamp: instant(at), data: { webhook } };
  return { id, body: JSON.stringify(message) };
};
