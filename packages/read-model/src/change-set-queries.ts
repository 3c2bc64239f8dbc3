import type { MergeEdge } from '@stance/domain';
import { survivorsOf } from '@stance/domain';

import type { ChangeSetPage } from './change-set.ts';
import { historyKey } from './tables.ts';
import type { Checkpoint } from './writer.ts';

/** A history that was touched, by the ids of its holder and its proposition. */
export interface TouchedHistory {
  readonly history: number;
  readonly lastPosition: number;
  readonly holder: string;
  readonly proposition: string;
}

/** The queries of those who publish changes, for any database: `parameter` says how one writes the parameter of that number. */
export const changeSetQueries = (parameter: (index: number) => string) => {
  const touched = `SELECT h.history, h.last_position AS "lastPosition", a.id AS holder, p.id AS proposition
    FROM histories h JOIN propositions p ON p.no = h.proposition
    JOIN actors a ON a.no = (h.history - h.proposition) / ${String(historyKey(1, 0))}`;
  return {
    /** After a position, at most so many. */
    touchedAfter:
      `${touched} WHERE h.last_position > ${parameter(1)} ` +
      `ORDER BY h.last_position, h.history LIMIT ${parameter(2)}`,
    /** All of one position. */
    touchedAt: `${touched} WHERE h.last_position = ${parameter(1)} ORDER BY h.history`,
    /** Those that hold now. */
    merges: `SELECT a.id AS actor, i.id AS "into" FROM merges m JOIN actors a ON a.no = m.actor
      JOIN actors i ON i.no = m.into_actor WHERE m.known_to IS NULL`,
  };
};

/** The position of which a limit may have cut the histories apart; `null` where all are there. */
export const cutAt = (found: readonly TouchedHistory[], limit: number): number | null =>
  found.length < limit ? null : (found.at(-1)?.lastPosition ?? null);

/** Puts together what one look showed. */
export const changeSetPage = (look: {
  readonly checkpoint: Checkpoint;
  readonly after: number;
  /** What was found after that position, under a limit. */
  readonly found: readonly TouchedHistory[];
  /** All of the position that it was cut at. */
  readonly cut: { readonly at: number; readonly all: readonly TouchedHistory[] } | null;
  readonly merges: readonly MergeEdge<string>[];
  readonly changesOf: (history: number) => readonly string[];
}): ChangeSetPage => {
  const { checkpoint, after, found, cut, merges, changesOf } = look;
  const rows = cut === null ? found : [...found.filter(({ lastPosition }) => lastPosition < cut.at), ...cut.all];
  const survivors = survivorsOf(merges);
  return {
    generation: checkpoint.generation,
    method: { name: checkpoint.method, version: checkpoint.methodVersion },
    position: checkpoint.position,
    histories: rows.map(({ history, lastPosition, holder, proposition }) => ({
      holder,
      proposition,
      lastPosition,
      survivor: survivors.of(holder),
      changes: changesOf(history),
    })),
    upTo: cut?.at ?? Math.max(after, checkpoint.position),
  };
};
