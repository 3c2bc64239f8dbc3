import type { Method } from '@stance/domain';
import type { ReadModelWriter } from '@stance/read-model';

import { createBatchRows } from './batch-rows.ts';
import { loadState } from './state.ts';
import { historyRow, refoldHistories } from './write-histories.ts';

const historiesPerBatch = 2000;

/** Folds the histories that were left for the end, each once. */
export const refoldDeferred = async (
  writer: ReadModelWriter,
  method: Method,
  deferred: ReadonlySet<number>,
): Promise<void> => {
  if (deferred.size === 0) return;
  const state = await loadState(writer, { names: 0, histories: 0 });
  const { position, recordedAt } = state.checkpoint;
  const keys = [...deferred].sort((a, b) => a - b);
  for (let from = 0; from < keys.length; from += historiesPerBatch) {
    const some = keys.slice(from, from + historiesPerBatch);
    const rows = createBatchRows();
    // Batch after batch, so that memory holds one.
    const stored = await writer.histories(some);
    const results = await refoldHistories({ state, writer, method }, null, rows, some);
    for (const [key, { tail, failure }] of results) {
      const history = stored.get(key);
      if (history !== undefined) rows.put('histories', historyRow(state, { ...history, key, tail, failure }));
    }
    await writer.commit({ after: position, position, recordedAt, ...rows.collected() });
  }
};
