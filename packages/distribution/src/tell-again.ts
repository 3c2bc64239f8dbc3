import type { EventLog, StoredEvent } from '@stance/event-store';

import type { LinkedEvent } from './distribution.ts';
import type { Replay, ReplayOf } from './replay.ts';

export interface TellAgainOptions {
  readonly source: Pick<EventLog, 'readAll'>;
  readonly of: ReplayOf;
  /** `null`: it is only counted what would be told. */
  readonly replay: Pick<Replay, 'passed' | 'count' | 'writer'> | null;
  readonly onProgress?: (position: number, count: number) => void;
  readonly signal?: AbortSignal;
}

export interface ToldAgain {
  /** Up to where. */
  readonly position: number;
  /** How many events were told, what was told before included. */
  readonly count: number;
}

const eventsPerPage = 1000;

interface Named {
  readonly holder?: unknown;
  readonly proposition?: unknown;
  readonly statement?: { readonly holder?: unknown; readonly proposition?: unknown };
}

/** Whom and what an event is about, as it was stored; whatever version it is of. */
const named = ({ data }: StoredEvent): Named => {
  try {
    const { holder, proposition, statement } = JSON.parse(data) as Named;
    return { holder: holder ?? statement?.holder, proposition: proposition ?? statement?.proposition };
  } catch {
    return {};
  }
};

const isWanted = (event: StoredEvent, { types, holder, proposition }: ReplayOf): boolean => {
  if (types !== null && !types.includes(event.type)) return false;
  if (holder === null && proposition === null) return true;
  const about = named(event);
  return (holder === null || about.holder === holder) && (proposition === null || about.proposition === proposition);
};

/**
 * Tells a part of the log again, in its order, page by page, with a watermark behind each. Where it was cut off it goes on from
 * the last page that stands whole in every partition: what came behind that is told twice, by the same ids.
 *
 * @throws EventStoreError, DistributionError
 */
export const tellAgain = async (options: TellAgainOptions): Promise<ToldAgain> => {
  const { source, of, replay, onProgress, signal } = options;
  let position = Math.max(of.after, replay?.passed ?? 0);
  let count = replay?.count ?? 0;
  let previous = position;
  let recordedAt = 0;
  while (position < of.upTo) {
    signal?.throwIfAborted();
    const page = await source.readAll({ after: position, limit: eventsPerPage });
    if (page.position === position) break;
    const linked: LinkedEvent[] = [];
    for (const event of page.events) {
      if (event.position > of.upTo) break;
      recordedAt = Math.max(recordedAt, event.recordedAt);
      if (!isWanted(event, of)) continue;
      count += 1;
      linked.push({ event, previous, count });
      previous = event.position;
    }
    position = Math.min(page.position, of.upTo);
    await replay?.writer.send(linked, { position, count, recordedAt });
    onProgress?.(position, count);
  }
  return { position, count };
};
