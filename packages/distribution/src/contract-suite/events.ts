import { randomUUID } from 'node:crypto';

import type { StoredEvent } from '@stance/event-store';

import type { LinkedEvent, Watermark } from '../distribution.ts';

export interface EventShape {
  /** Whose the statements are, over and over. */
  readonly holders: readonly string[];
  readonly from?: number;
  readonly data?: (holder: string) => object;
}

/** So many statements, linked; positions grow by 10, as if others stood between them. */
export function statements(count: number, { holders, from = 0, data }: EventShape): LinkedEvent[] {
  return Array.from({ length: count }, (_, at) => {
    const index = from + at;
    const holder = holders[index % holders.length] ?? 'nobody';
    const event: StoredEvent = {
      position: (index + 1) * 10,
      stream: `statement-${index}`,
      revision: 0,
      id: randomUUID(),
      type: 'StatementMade',
      schemaVersion: 1,
      recordedAt: 1_700_000_000_000 + index,
      data: JSON.stringify({ statementId: String(index), statement: { holder, ...data?.(holder) } }),
      metadata: { correlationId: randomUUID() },
    };
    return { event, previous: index * 10, count: index + 1 };
  });
}

/** The watermark that goes out behind these events. */
export function markBehind(events: readonly LinkedEvent[]): Watermark {
  const last = events.at(-1);
  return { position: last?.event.position ?? 0, count: last?.count ?? 0, recordedAt: last?.event.recordedAt ?? 0 };
}

/** Names enough for all partitions to get some. */
export const manyHolders: readonly string[] = Array.from({ length: 40 }, (_, index) => `holder-${index}`);
