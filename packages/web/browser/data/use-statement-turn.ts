import { ClientError } from '@stance/client';
import { useEffect, useRef, useState } from 'preact/hooks';

import type { Horizon } from '../address/place.ts';
import { longestWait } from './live.ts';
import { serviceAtBeat } from './service.ts';
import { token } from './token.ts';

/** How often is looked whether there is more, in milliseconds. */
const beat = 3000;

export interface StatementTurn {
  readonly turn: number;
  /** Resolves once the service can be asked with nothing slipping between the answer and the next turn. */
  readonly whenBegun: () => Promise<void>;
}

/**
 * Counts what is recorded of one history, also what changes no stance and so is no event of the changes. At every beat it reads
 * what came since the last one and hangs up, for as long as the page is looked at: a connection that stays would be one of the few
 * that a browser has for all its tabs.
 */
export const useStatementTurn = (holder: string, proposition: string, { knownAt }: Horizon): StatementTurn => {
  const [turn, setTurn] = useState(0);
  const begun = useRef(Promise.resolve());
  const whose = token.value;
  useEffect(() => {
    if (knownAt !== undefined) return undefined;
    const beginning = Promise.withResolvers<void>();
    begun.current = beginning.promise;
    const ending = new AbortController();
    const { signal } = ending;
    let after: string | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLooking = false;
    /** Where nothing was heard before somebody asked, something may have come about between. */
    let isMissed = false;
    const late = setTimeout(() => {
      isMissed = true;
      beginning.resolve();
    }, longestWait);

    /** @throws ClientError */
    const isThereMore = async (): Promise<boolean> => {
      let isMore = false;
      const query = { holder, proposition, ...(after === undefined ? {} : { after }) };
      for await (const { type, id } of serviceAtBeat.statements.follow(query, { signal })) {
        after = id;
        if (type === 'position') break;
        isMore = true;
      }
      isMore ||= isMissed;
      isMissed = false;
      return isMore;
    };
    const look = async (): Promise<void> => {
      if (isLooking || signal.aborted || document.hidden) return;
      isLooking = true;
      clearTimeout(timer);
      let goesOn = true;
      try {
        if ((await isThereMore()) && !signal.aborted) setTurn((before) => before + 1);
      } catch (error) {
        isMissed = true;
        // What is refused is refused again; the answer to the question itself tells why.
        goesOn = error instanceof ClientError && error.retryable;
      }
      clearTimeout(late);
      beginning.resolve();
      isLooking = false;
      if (goesOn && !signal.aborted) timer = setTimeout(() => void look(), beat);
    };
    const lookAgain = (): void => void look();
    document.addEventListener('visibilitychange', lookAgain);
    lookAgain();
    return () => {
      document.removeEventListener('visibilitychange', lookAgain);
      clearTimeout(timer);
      clearTimeout(late);
      ending.abort();
      beginning.resolve();
    };
  }, [holder, proposition, knownAt, whose]);
  return { turn, whenBegun: () => begun.current };
};
