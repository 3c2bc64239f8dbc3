import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { ChangeEvent } from '@stance/client';

import { followChanges } from './change-stream.ts';
import type { Connection } from './connection.ts';
import { canShare, shareAmongTabs } from './tabs.ts';
import { token, tokenDigest } from './token.ts';

/** What happened to the changes; `missed`: something may have, that nobody told. */
export type News = ChangeEvent | { readonly type: 'missed' };

const connection = signal<Connection>({ state: 'connecting' });
const latest = signal<News | null>(null);

export const liveConnection: ReadonlySignal<Connection> = connection;
/** The last news that came. */
export const latestNews: ReadonlySignal<News | null> = latest;

/** Questions wait so long for the stream to begin, in milliseconds: what came about before it then is in their answers. */
export const longestWait = 250;

let hasBegun = false;
const beginning = Promise.withResolvers<void>();
const begin = (): void => {
  hasBegun = true;
  beginning.resolve();
};

/** Resolves once the service can be asked with nothing slipping between the answer and the stream. */
export const whenListening = (): Promise<void> => beginning.promise;

/** What the tab with the stream tells the others: how that is, up to where it was told, and what has come just now. */
interface Told {
  /** Which tab that is. */
  readonly by: number;
  readonly connection: Connection;
  readonly id: string | undefined;
  readonly event?: ChangeEvent;
}

/** Tells this tab from others. */
const own = Math.random();

/** The event up to which this tab was told everything; `undefined`: there was none yet. */
let lastId: string | undefined;

/** Listens until the signal is aborted: by the stream of another tab where one has it, else by one of its own for all of them. */
const listen = async (signal: AbortSignal): Promise<void> => {
  let hasBeenLive = false;
  const take = ({ connection: told, id, event }: Omit<Told, 'by'>): void => {
    lastId = id ?? lastId;
    // It is lost since it was lost first.
    if (told.state !== connection.peek().state) connection.value = told;
    if (event !== undefined) latest.value = event;
    if (told.state === 'live' && !hasBeenLive) {
      hasBeenLive = true;
      // Somebody asked before: something may have come about between.
      if (hasBegun) latest.value = { type: 'missed' };
    }
    if (told.state !== 'connecting') begin();
  };
  const state = (): Told => ({ by: own, connection: connection.peek(), id: lastId });

  const lead = (say: (told: Told) => void, until: AbortSignal): Promise<void> =>
    followChanges(
      {
        after: lastId,
        onEvent: (event) => {
          take({ connection: { state: 'live' }, id: event.id, event });
          say({ ...state(), event });
        },
        onFailure: (failure) => {
          take({ connection: failure, id: lastId });
          say(state());
        },
      },
      until,
    );
  if (!canShare()) {
    await lead(() => undefined, signal);
    return;
  }

  /** Reads what came while this tab took no part. */
  const catchUp = async (until: AbortSignal): Promise<void> => {
    if (lastId === undefined) return;
    const reading = new AbortController();
    await followChanges(
      {
        after: lastId,
        onEvent: (event) => {
          take({ connection: { state: 'live' }, id: event.id, event });
          if (event.type === 'position') reading.abort();
        },
        onFailure: (failure) => take({ connection: failure, id: lastId }),
      },
      AbortSignal.any([until, reading.signal]),
    );
  };
  /** The tab that this one hears, and what it has to read before; ends where another one leads, this one perhaps. */
  let hearing = { by: own, ending: new AbortController(), caughtUp: Promise.resolve() };
  await shareAmongTabs<Told>(
    `changes ${await tokenDigest()}`,
    {
      state,
      hear: (told) => {
        if (told.by !== hearing.by) {
          hearing.ending.abort();
          const ending = new AbortController();
          // What the one before it told last need not be what this one began with.
          hearing = { by: told.by, ending, caughtUp: catchUp(AbortSignal.any([signal, ending.signal])) };
        }
        const { ending, caughtUp } = hearing;
        void caughtUp.then(() => {
          if (!ending.signal.aborted && !signal.aborted) take(told);
        });
      },
      lead: async (say, until) => {
        hearing.ending.abort();
        hearing = { ...hearing, by: own };
        await lead(say, until);
      },
    },
    signal,
  );
};

/** So long a page may be out of sight before it takes no part any more, in milliseconds. */
const longestHidden = 30_000;

/** Follows the changes for as long as the page is looked at; anew where the reader gives another token. */
export const followLive = (): void => {
  let ending: AbortController | null = null;
  const stop = (): void => {
    ending?.abort();
    ending = null;
  };
  const start = (): void => {
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
  token.subscribe(() => {
    stop();
    lastId = undefined;
    if (!document.hidden) start();
  });
  setTimeout(begin, longestWait);
};
