import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { ClientError } from '@stance/client';
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

/** How long to wait before it is tried again where there never was a connection, in milliseconds. */
const patience = 5000;

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, patience);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Questions wait so long for the stream to begin, in milliseconds: what came about before it then is in their answers. */
const longestWait = 250;

let hasBegun = false;
const beginning = Promise.withResolvers<void>();
const begin = (): void => {
  hasBegun = true;
  beginning.resolve();
};

/** Resolves once the service can be asked with nothing slipping between the answer and the stream. */
export const whenListening = (): Promise<void> => beginning.promise;

const tell = (event: ChangeEvent): void => {
  latest.value = event;
  counted.value += 1;
};

const listen = async (signal: AbortSignal): Promise<void> => {
  let isFirst = true;
  while (!signal.aborted) {
    try {
      for await (const event of service.changes.follow({}, { signal, silence: 20_000, onReconnect: lose })) {
        connection.value = { state: 'live' };
        // Where somebody asked before the stream began, something may have come about between.
        if (event.type !== 'position' || (isFirst && hasBegun)) tell(event);
        isFirst = false;
        begin();
      }
    } catch (error) {
      begin();
      if (error instanceof ClientError && error.retryable) lose();
      else {
        connection.value = { state: 'refused', message: error instanceof Error ? error.message : String(error) };
        return;
      }
    }
    isFirst = true;
    await pause(signal);
  }
};

/** So long a page may be out of sight before it gives its connection to others, in milliseconds: browsers have but a few. */
const longestHidden = 30_000;

/** Follows the changes for as long as the page is looked at; anew where the reader gives another token. */
export const followLive = (): void => {
  let ending: AbortController | null = null;
  const stop = (): void => {
    ending?.abort();
    ending = null;
  };
  const start = (): void => {
    stop();
    ending = new AbortController();
    connection.value = { state: 'connecting' };
    void listen(ending.signal);
  };
  let hiding: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(stop, longestHidden);
    else if (ending === null) start();
  });
  token.subscribe(start);
  setTimeout(begin, longestWait);
};
