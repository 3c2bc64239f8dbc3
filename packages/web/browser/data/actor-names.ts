import { useEffect, useMemo, useState } from 'preact/hooks';

import { service } from './service.ts';

/** What actors are called, by id; who is not in it is called by the id. */
export type Names = ReadonlyMap<string, string>;

/** Of a history only so many are asked for: it may name any number. */
const mostAsked = 40;

/** The names of actors of whom an answer gives but the ids; those that come with it are `given`. */
export const useNames = (ids: readonly string[], given: Names, knownAt: string | undefined): Names => {
  const [asked, setAsked] = useState<Names>(new Map());
  const missing = [...new Set(ids)].filter((id) => !given.has(id)).slice(0, mostAsked);
  const key = missing.join(' ');
  useEffect(() => {
    const ending = new AbortController();
    const known = knownAt === undefined ? {} : { knownAt };
    void Promise.allSettled(
      missing.map(async (id) => {
        const { name } = await service.actors.get(id, known, { signal: ending.signal });
        return [id, name] as const;
      }),
    ).then((answers) => {
      const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
      // A name that could not be told is no failure of the page: the id stands for it.
      if (!ending.signal.aborted && found.length > 0) setAsked(new Map(found));
    });
    return () => ending.abort();
  }, [key, knownAt]);
  return useMemo(() => new Map([...asked, ...given]), [asked, given]);
};
