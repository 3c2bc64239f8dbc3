import { createHash } from 'node:crypto';

import type { Survivors } from '@stance/domain';

/** An event as one reader is told it. */
export interface Told {
  readonly name: string;
  readonly data: string;
}

/** Whom entries are told to: a filter, settled as the merges of actors are known. */
export interface Audience<Entry> {
  /** Whether it is told all that happens, each under its own name. */
  readonly all: boolean;
  /** Tells a holder who answers as another one from the same holder before: part of the ids. Empty where he is himself. */
  readonly mark: string;
  /** What it is told of an entry; `null` where nothing. */
  tell(entry: Entry): Told | null;
  /** The same, where it knows nothing yet. */
  tellCurrent(entry: Entry): Told | null;
}

/** What a reader asked for. */
export interface Interest<Entry> {
  /** Whether it depends on merges of actors. */
  readonly ofHolder: boolean;
  audience(survivors: Survivors<string>): Audience<Entry>;
}

/** A mark of the holders that somebody asked for answers as. */
export const markOf = (asked: string, holders: readonly string[]): string =>
  holders.length === 1 && holders[0] === asked
    ? ''
    : createHash('sha256').update(JSON.stringify(holders.toSorted())).digest('hex').slice(0, 8);
