import { ClientError } from '@stance/client';
import { useEffect, useRef, useState } from 'preact/hooks';

import { token, wishForToken } from './token.ts';

/** What is asked of the service, and how far that is. */
export type Loaded<Value> =
  | { readonly state: 'loading'; readonly value: Value | null }
  | { readonly state: 'done'; readonly value: Value }
  | { readonly state: 'failed'; readonly error: ClientError; readonly value: Value | null; readonly again: () => void };

/** Whether another token would help. */
export const needsToken = ({ code }: ClientError): boolean => code === 'unauthorized' || code === 'forbidden';

const asClientError = (error: unknown): ClientError =>
  error instanceof ClientError ? error : new ClientError('invalid-answer', String(error), { cause: error });

/**
 * Asks once for each key, and leaves what was shown until the next answer is there. `ask` may tell of parts of it before the
 * end.
 */
export const useLoaded = <Value>(
  key: string,
  ask: (signal: AbortSignal, tell: (value: Value) => void) => Promise<Value>,
): Loaded<Value> => {
  const [loaded, set] = useState<Loaded<Value>>({ state: 'loading', value: null });
  const [turn, setTurn] = useState(0);
  const asking = useRef(ask);
  asking.current = ask;
  const whose = token.value;

  useEffect(() => {
    const ending = new AbortController();
    const tell = (next: Loaded<Value>): void => {
      if (!ending.signal.aborted) set(next);
    };
    set(({ value }) => ({ state: 'loading', value }));
    asking
      .current(ending.signal, (value) => tell({ state: 'loading', value }))
      .then(
        (value) => tell({ state: 'done', value }),
        (reason: unknown) => {
          const error = asClientError(reason);
          if (needsToken(error) && !ending.signal.aborted) wishForToken();
          set(({ value }) =>
            ending.signal.aborted
              ? { state: 'loading', value }
              : { state: 'failed', error, value, again: () => setTurn((before) => before + 1) },
          );
        },
      );
    return () => ending.abort();
  }, [key, turn, whose]);
  return loaded;
};
