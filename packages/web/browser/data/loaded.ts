import type { ClientError } from '@stance/client';
import { useEffect, useRef, useState } from 'preact/hooks';

import { asClientError, needsToken } from './client-errors.ts';
import { liveConnection, whenListening } from './live.ts';
import { token, wishForToken } from './token.ts';

/** What is asked of the service, and how far that is. */
export type Loaded<Value> =
  | { readonly state: 'loading'; readonly value: Value | null }
  | { readonly state: 'done'; readonly value: Value }
  | { readonly state: 'failed'; readonly error: ClientError; readonly value: Value | null; readonly again: () => void };

type Ask<Value> = (signal: AbortSignal, tell: (value: Value) => void) => Promise<Value>;

/**
 * Asks for what a key stands for, and again at each turn: until then what was answered before stays. A turn that comes while an
 * answer is under way waits for it, so that many of them never keep one from coming. `ask` may tell of parts before the end. What
 * failed and may pass is asked for again once the page is live again.
 */
export const useLoaded = <Value>(key: string, ask: Ask<Value>, turn = ''): Loaded<Value> => {
  const [loaded, set] = useState<Loaded<Value>>({ state: 'loading', value: null });
  const [tries, setTries] = useState(0);
  const asking = useRef(ask);
  asking.current = ask;
  const wanted = useRef<() => void>(() => undefined);
  const whose = token.value;

  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    let isUnderWay = false;
    let isWanted = false;
    let mayPass = false;
    let becameLive = 0;

    const run = async (): Promise<void> => {
      isUnderWay = true;
      await whenListening();
      do {
        isWanted = false;
        mayPass = false;
        const before = becameLive;
        set(({ value }) => ({ state: 'loading', value }));
        try {
          const value = await asking.current(signal, (part) => {
            // Less than what is known already is no news.
            if (!signal.aborted)
              set((before) => (before.state === 'loading' && !isAgain ? { ...before, value: part } : before));
          });
          if (signal.aborted) return;
          isAgain = true;
          set({ state: 'done', value });
        } catch (reason) {
          if (signal.aborted) return;
          const error = asClientError(reason);
          if (needsToken(error)) wishForToken();
          mayPass = error.retryable;
          // What failed may have been of the time before.
          if (mayPass && becameLive > before) isWanted = true;
          set(({ value }) => ({ state: 'failed', error, value, again: () => setTries((before) => before + 1) }));
        }
      } while (isWanted);
      isUnderWay = false;
    };
    let isAgain = false;
    // What was answered to another question is no answer to this one.
    set({ state: 'loading', value: null });
    wanted.current = () => {
      isWanted = true;
      if (!isUnderWay) void run();
    };
    wanted.current();
    let { state } = liveConnection.peek();
    const stop = liveConnection.subscribe((connection) => {
      const becomes = connection.state === 'live' && state !== 'live';
      ({ state } = connection);
      if (!becomes) return;
      becameLive += 1;
      if (mayPass && !isUnderWay) wanted.current();
    });
    return () => {
      stop();
      ending.abort();
      wanted.current = () => undefined;
    };
  }, [key, whose]);

  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) wanted.current();
    isFirst.current = false;
  }, [turn, tries]);
  return loaded;
};
