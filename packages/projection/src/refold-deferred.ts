import type { Method } from '@stance/domain';
import { propositionOf } from '@stance/read-model';
import type { ReadModelWriter } from '@stance/read-model';

import { createBatchRows } from './batch-rows.ts';
import { changeRow, changeRowKey } from './change-rows.ts';
import { foldKnownVersions } from './refold.ts';
import { tailText } from './tail-text.ts';

const historiesPerBatch = 2000;

/** Folds the histories that were left for the end, each once. */
export const refoldDeferred = async (
  writer: ReadModelWriter,
  method: Method,
  deferred: ReadonlySet<number>,
): Promise<void> => {
  const { position, recordedAt } = await writer.checkpoint();
  const keys = [...deferred].sort((a, b) => a - b);
  for (let from = 0; from < keys.length; from += historiesPerBatch) {
    const some = keys.slice(from, from + historiesPerBatch);
    const rows = createBatchRows();
    // Batch after batch, so that memory holds one.
    const stored = await writer.histories(some);
    for (const key of some) {
      const history = stored.get(key);
      if (history === undefined) continue;
      const folded = foldKnownVersions(await writer.knownVersions(key), await writer.changes(key), method);
      for (const { track, opened, change } of folded.changes) {
        if (change === null) rows.remove('changes', changeRowKey(track, opened));
        else rows.put('changes', changeRow(key, opened, change));
      }
      const { firstPosition, lastPosition } = history;
      const { failure, tail } = folded;
      rows.put('histories', [key, propositionOf(key), firstPosition, lastPosition, failure, tailText(tail)]);
    }
    await writer.commit(rows.toBatch(position, position, recordedAt));
  }
};
