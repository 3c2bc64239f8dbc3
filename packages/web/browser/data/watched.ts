import type { Client, ClientError } from '@stance/client';
import { useEffect, useRef, useState } from 'preact/hooks';

import { asClientError, needsToken } from './client-errors.ts';
import { serviceAtBeat } from './service.ts';
import { token, wishForToken } from './token.ts';

/** How often the service is asked, in milliseconds. */
const beat = 2000;

/** What is asked for again and again. */
export interface Watched<Value> {
  /** The last answer; `null`: there was none yet. */
  readonly value: Value | null;
  /** When it came. */
  readonly readAt: Date | null;
  /** Why the last try gave no answer. */
  readonly error: ClientError | null;
}

/** Asks every two seconds for as long as the page is in view, and leaves what was answered where there is no answer. */
export const useWatched = <Value>(ask: (service: Client, signal: AbortSignal) => Promise<Value>): Watched<Value> => {
  const [known, know] = useState<Watched<Value>>({ value: null, readAt: null, error: null });
  const asking = useRef(ask);
  asking.current = ask;
  const whose = token.value;

  useEffect(() => {
    const ending = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAsking = false;
    const next = async (): Promise<void> => {
      if (isAsking || ending.signal.aborted || document.visibilityState === 'hidden') return;
      isAsking = true;
      clearTimeout(timer);
      let goesOn = true;
      try {
        const value = await asking.current(serviceAtBeat, ending.signal);
        if (!ending.signal.aborted) know({ value, readAt: new Date(), error: null });
      } catch (reason) {
        const error = asClientError(reason);
        if (!ending.signal.aborted) {
          know((before) => ({ ...before, error }));
          // It would be refused again, until there is another token.
          goesOn = !needsToken(error);
          if (!goesOn) wishForToken();
        }
      }
      isAsking = false;
      if (goesOn && !ending.signal.aborted) timer = setTimeout(() => void next(), beat);
    };
    const look = (): void => void next();
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      ending.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [whose]);
  return known;
};

/** The time, as it goes by. */
export const useNow = (): Date => {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
};
