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

const name = '"holder":"';

function holderIn(data: string): unknown {
  // Where it is named once, as mostly, it need not be parsed: within a text the quotes would have backslashes before them.
  const at = data.indexOf(name);
  const start = at + name.length;
  if (at !== -1 && data.indexOf('"holder"', start) === -1) {
    const holder = data.slice(start, data.indexOf('"', start));
    if (!holder.includes('\\')) return holder;
  }
  try {
    const payload = JSON.parse(data) as Payload | null;
    return payload?.holder ?? payload?.statement?.holder;
  } catch {
    return undefined;
  }
}
