import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { ChangeEvent } from '@stance/client';

import { service } from './service.ts';
import { token } from './token.ts';

/** Whether the page hears of changes as they come about. */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** Lost; what is shown is as it was then. */
  | { readonly state: 'lost'; readonly since: Date }
  /** The service refuses; a token is wanted, say. */
  | { readonly state: 'refused'; readonly message: string };

const connection = signal<Connection>({ state: 'connecting' });
const latest = signal<ChangeEvent | null>(null);
const counted = signal(0);

export const liveConnection: ReadonlySignal<Connection> = connection;
/** The last event that came. */
export const latestEvent: ReadonlySignal<ChangeEvent | null> = latest;
/** How many have come since the page was opened. */
export const liveTurn: ReadonlySignal<number> = counted;

const lose = (): void => {
  if (connection.peek().state !== 'lost') connection.value = { state: 'lost', since: new Date() };
};

const listen = async (signal: AbortSignal): Promise<void> => {
  try {
    for await (const event of service.changes.follow({}, { signal, silence: 20_000, onReconnect: lose })) {
      connection.value = { state: 'live' };
      if (event.type === 'position') continue;
      latest.value = event;
      counted.value += 1;
    }
  } catch (error) {
    connection.value = { state: 'refused', message: error instanceof Error ? error.message : String(error) };
  }
};

/** Follows the changes for as long as the page is open; anew where the reader gives another token. */
export const followLive = (): void => {
  let ending = new AbortController();
  token.subscribe(() => {
    ending.abort();
    ending = new AbortController();
    connection.value = { state: 'connecting' };
    void listen(ending.signal);
  });
};
