import type { StoredEvent } from '@stance/event-store';

interface Payload {
  readonly holder?: unknown;
  readonly statement?: { readonly holder?: unknown } | null;
}

/**
 * What decides on the partition of an event: the holder for the events of a statement, else the stream; the stream too
 * where a statement's event names no holder, since a poisoned event has to travel like any other.
 */
export function partitionKeyOf({ type, stream, data }: Pick<StoredEvent, 'type' | 'stream' | 'data'>): string {
  if (!type.startsWith('Statement') || type === 'StatementProposed') return stream;
  const holder = holderIn(data);
  return typeof holder === 'string' && holder !== '' ? holder : stream;
}

function holderIn(data: string): unknown {
  try {
    const payload = JSON.parse(data) as Payload | null;
    return payload?.holder ?? payload?.statement?.holder;
  } catch {
    return undefined;
  }
}
