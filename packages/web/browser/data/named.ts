import { ClientError } from '@stance/client';

import { useLoaded } from './loaded.ts';
import { service } from './service.ts';

/** What has an id, and a name to find it by. */
export type Kind = 'actor' | 'proposition' | 'topic';

export interface Named {
  readonly id: string;
  /** `null`: nothing of this id is known. */
  readonly name: string | null;
}

/** So many are offered at a time. */
const mostFound = 12;

const known = (knownAt: string | undefined): { readonly knownAt?: string } =>
  knownAt === undefined ? {} : { knownAt };

/** Those that the words name. */
export const find = async (
  kind: Kind,
  words: string,
  knownAt: string | undefined,
  signal: AbortSignal,
): Promise<readonly Named[]> => {
  const query = { ...(words === '' ? {} : { q: words }), limit: mostFound, ...known(knownAt) };
  switch (kind) {
    case 'actor':
      return (await service.actors.list(query, { signal }).page()).items.map(({ id, name }) => ({ id, name }));
    case 'proposition':
      return (await service.propositions.list(query, { signal }).page()).items.map(({ id, text }) => ({
        id,
        name: text,
      }));
    case 'topic':
      return (await service.topics.list(query, { signal }).page()).items.map(({ id, name }) => ({ id, name }));
  }
};

const nameOf = async (
  kind: Kind,
  id: string,
  knownAt: string | undefined,
  options: { readonly signal?: AbortSignal } = {},
): Promise<string> => {
  switch (kind) {
    case 'actor':
      return (await service.actors.get(id, known(knownAt), options)).name;
    case 'proposition':
      return (await service.propositions.get(id, known(knownAt), options)).text;
    case 'topic':
      return (await service.topics.get(id, known(knownAt), options)).name;
  }
};

const isNobody = (error: unknown): boolean =>
  error instanceof ClientError && (error.code === 'invalid-input' || error.code.startsWith('unknown-'));

/** Whether something of this id is known. */
export const isKnown = async (kind: Kind, id: string, knownAt: string | undefined): Promise<boolean> => {
  try {
    await nameOf(kind, id, knownAt);
    return true;
  } catch {
    return false;
  }
};

/** So many names are asked for: an address may hold any number of ids. */
const mostNamed = 60;

/** What was named before is not asked for again as others come to it. */
const heard = new Map<string, string>();

/** Those of some ids with their names, in the same order; their ids in place of names until those are there. */
export const useNamed = (kind: Kind, ids: readonly string[], knownAt: string | undefined): readonly Named[] => {
  const keyOf = (id: string): string => `${kind} ${id} ${knownAt ?? ''}`;
  const loaded = useLoaded<readonly Named[]>(`${kind} ${ids.join(',')} ${knownAt ?? ''}`, (signal) =>
    Promise.all(
      ids.slice(0, mostNamed).map(async (id) => {
        const before = heard.get(keyOf(id));
        if (before !== undefined) return { id, name: before };
        try {
          const name = await nameOf(kind, id, knownAt, { signal });
          heard.set(keyOf(id), name);
          return { id, name };
        } catch (error) {
          // What could not be asked is asked again once the page is live again; its id stands for it until then.
          if (!isNobody(error)) throw error;
          return { id, name: null };
        }
      }),
    ),
  );
  return ids.map((id) => loaded.value?.find((one) => one.id === id) ?? { id, name: heard.get(keyOf(id)) ?? id });
};
