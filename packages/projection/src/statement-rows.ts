import type { KnownVersion } from '@stance/read-model';

import type { Batch } from './batch.ts';
import type { MutableRow } from './batch-rows.ts';

const versionOf = (batch: Batch, row: MutableRow): KnownVersion => {
  const [position, id, , , recordedAt] = row;
  return {
    id: String(id),
    position: Number(position),
    firstPosition: batch.statements.get(String(id))?.firstPosition ?? Number(position),
    recordedAt: Number(recordedAt),
    body: String(row.at(-1)),
  };
};

/** The versions that a batch inserts and leaves known, by the number of their history. */
export const knownVersionsInserted = (batch: Batch): Map<number, KnownVersion[]> => {
  const byHistory = new Map<number, KnownVersion[]>();
  for (const row of batch.rows.inserted('statements')) {
    const [, , , history, , knownTo] = row;
    if (knownTo !== null) continue;
    const versions = byHistory.get(Number(history));
    if (versions === undefined) byHistory.set(Number(history), [versionOf(batch, row)]);
    else versions.push(versionOf(batch, row));
  }
  return byHistory;
};
