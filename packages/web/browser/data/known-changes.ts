import { ClientError } from '@stance/client';
import type { ListedChange } from '@stance/client';

import type { KnownChanges } from './change-difference.ts';
import { service } from './service.ts';

/** Whose changes, on what, said by when; absent: all. */
export interface Filter {
  readonly holder?: string;
  readonly proposition?: string;
  /** The last day. */
  readonly to?: string;
}

/** So many are read at most: more would be told to nobody. Where somebody or something is asked for, there are fewer. */
const mostOfAll = 5000;
const mostOfOne = 20_000;

export const mostOf = ({ holder, proposition }: Filter): number =>
  holder === undefined && proposition === undefined ? mostOfAll : mostOfOne;

const notYetKnown = new Set(['unknown-actor', 'unknown-proposition']);

/** The changes as they were known then, the latest days first; `null`: the holder or the proposition was not known. */
export const knownChanges = async (
  filter: Filter,
  knownAt: string | undefined,
  signal: AbortSignal,
): Promise<KnownChanges | null> => {
  const query = { ...filter, ...(knownAt === undefined ? {} : { knownAt }), limit: 1000 };
  const changes: ListedChange[] = [];
  try {
    for await (const { items, next } of service.changes.list(query, { signal }).pages()) {
      changes.push(...items);
      if (changes.length >= mostOf(filter) && next !== undefined) return { changes, isCut: true };
    }
  } catch (error) {
    if (error instanceof ClientError && notYetKnown.has(error.code)) return null;
    throw error;
  }
  return { changes, isCut: false };
};
