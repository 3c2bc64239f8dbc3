import { useEffect, useState } from 'preact/hooks';

import type { Horizon } from '../address/place.ts';
import { service } from './service.ts';
import { token } from './token.ts';

/** What comes in a burst is asked for once; in milliseconds. */
const aBurst = 400;

/**
 * Counts what is recorded of one history, also what changes no stance and so is no event of the changes. Listens only while the
 * page is seen: a browser has few connections to one service, and each of its tabs has one for the changes already.
 */
export const useStatementTurn = (holder: string, proposition: string, { knownAt }: Horizon): number => {
  const [turn, setTurn] = useState(0);
  const whose = token.value;
  useEffect(() => {
    if (knownAt !== undefined) return undefined;
    let listening: AbortController | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setTurn((before) => before + 1);
      }, aBurst);
    };
    const listen = async (signal: AbortSignal): Promise<void> => {
      try {
        for await (const { type } of service.statements.follow({ holder, proposition }, { signal }))
          if (type !== 'position') count();
      } catch {
        // The connection for the changes fares alike, and its state is shown.
      }
    };
    const look = (): void => {
      if (document.visibilityState === 'hidden') {
        listening?.abort();
        listening = undefined;
      } else if (listening === undefined) {
        listening = new AbortController();
        void listen(listening.signal);
      }
    };
    /** What was recorded while nobody looked. */
    const lookAgain = (): void => {
      look();
      if (document.visibilityState !== 'hidden') count();
    };
    look();
    document.addEventListener('visibilitychange', lookAgain);
    return () => {
      document.removeEventListener('visibilitychange', lookAgain);
      clearTimeout(timer);
      listening?.abort();
    };
  }, [holder, proposition, knownAt, whose]);
  return turn;
};
