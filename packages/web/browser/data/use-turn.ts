import type { ChangeAnswer } from '@stance/client';
import { useEffect, useRef, useState } from 'preact/hooks';

import type { Horizon } from '../address/place.ts';
import { latestNews } from './live.ts';
import type { News } from './live.ts';

/** What comes in a burst is asked for once; in milliseconds. */
const aBurst = 400;

/** Whether a change belongs to what is shown. */
export type IsAbout = (change: Pick<ChangeAnswer, 'holder' | 'proposition'>) => boolean;

const concerns = (news: News, isAbout: IsAbout): boolean =>
  'change' in news ? isAbout(news.change) : news.type !== 'position';

/**
 * What makes an answer about the present another one: something happened to changes that it is about. No event changes what was
 * recorded by some day.
 */
export const useTurn = ({ knownAt }: Horizon, isAbout: IsAbout = () => true): string => {
  const [turn, setTurn] = useState(0);
  const about = useRef(isAbout);
  about.current = isAbout;
  useEffect(() => {
    if (knownAt !== undefined) return undefined;
    const before = latestNews.peek();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isMissed = false;
    const next = (): void => {
      timer = undefined;
      // Nobody looks: it is asked for once somebody does.
      if (document.hidden) isMissed = true;
      else setTurn((last) => last + 1);
    };
    const look = (): void => {
      if (document.hidden || !isMissed) return;
      isMissed = false;
      next();
    };
    const stop = latestNews.subscribe((news) => {
      if (news === null || news === before || !concerns(news, about.current)) return;
      timer ??= setTimeout(next, aBurst);
    });
    document.addEventListener('visibilitychange', look);
    return () => {
      stop();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [knownAt]);
  return String(turn);
};
