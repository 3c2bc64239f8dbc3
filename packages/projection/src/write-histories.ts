import type { Method } from '@stance/domain';
import { holderOf, propositionOf } from '@stance/read-model';
import type { ReadModelWriter } from '@stance/read-model';

import type { Batch, ChangeWork } from './batch.ts';
import type { BatchRows, MutableRow } from './batch-rows.ts';
import { changeRow, changeRowKey } from './change-rows.ts';
import { gatherHistories } from './known-histories.ts';
import { foldGathered, nothingFolded } from './refold.ts';
import type { FoldResult } from './refold.ts';
import { survivingHistory } from './surviving-history.ts';
import type { HistoryWork, ProjectionState } from './state.ts';
import { tailText } from './tail-text.ts';

export interface HistoryWriterOptions {
  readonly state: ProjectionState;
  readonly writer: ReadModelWriter;
  readonly method: Method;
}

/** How rows are brought in whose first event stands at a position: those that cannot be there yet cost much less. */
const bringing = ({ state: { checkpoint } }: Pick<HistoryWriterOptions, 'state'>, first: number): 'insert' | 'put' =>
  first > checkpoint.position ? 'insert' : 'put';

const writeChange = (
  options: HistoryWriterOptions,
  rows: BatchRows,
  history: number,
  opened: number,
  { change, track }: Omit<ChangeWork, 'openedBy'>,
) => {
  if (change === null) rows.remove('changes', changeRowKey(track, opened));
  else rows[bringing(options, opened)]('changes', changeRow(history, opened, change));
};

/** The row of a history. Where others count in, or it counts into another, the read model keeps no tail. */
export const historyRow = (state: Pick<ProjectionState, 'survivors'>, work: HistoryWork): MutableRow => {
  const { key, no, firstPosition, lastPosition, failure, tail } = work;
  const { byNumber } = state.survivors;
  const alone =
    byNumber.isEmpty || (byNumber.of(holderOf(key)) === holderOf(key) && byNumber.members(holderOf(key)).length === 1);
  return [no, key, propositionOf(key), firstPosition, lastPosition, failure, alone ? tailText(tail) : ''];
};

/** Folds histories anew, in one go, and writes their changes; gives what each came to. */
export const refoldHistories = async (
  options: HistoryWriterOptions,
  batch: Batch | null,
  rows: BatchRows,
  keys: readonly number[],
): Promise<Map<number, FoldResult>> => {
  const { state, writer, method } = options;
  const counting = keys.filter((key) => survivingHistory(state.survivors.byNumber, key) === key);
  const gathered = await gatherHistories({ state, batch, writer, method }, counting);
  const results = new Map<number, FoldResult>();
  for (const key of keys) {
    const result = foldGathered(gathered.get(key) ?? nothingFolded, await writer.changes(key), method);
    for (const { opened, ...change } of result.changes) writeChange(options, rows, key, opened, change);
    results.set(key, result);
  }
  return results;
};

/** The positions of the first events of the opening statements that the batch does not hold. */
const openingsElsewhere = async (batch: Batch, writer: ReadModelWriter): Promise<Map<string, number>> => {
  const ids = new Set<string>();
  for (const { changes } of batch.touched.values()) {
    for (const { openedBy } of changes) if (!batch.statements.has(openedBy)) ids.add(openedBy);
  }
  if (ids.size === 0) return new Map();
  const found = await writer.statements([...ids]);
  return new Map([...found].map(([id, statement]) => [id, statement.firstPosition]));
};

const writeExtended = async (options: HistoryWriterOptions, batch: Batch): Promise<void> => {
  const elsewhere = await openingsElsewhere(batch, options.writer);
  for (const { work, changes } of batch.touched.values()) {
    for (const change of changes) {
      const opened = batch.statements.get(change.openedBy)?.firstPosition ?? elsewhere.get(change.openedBy);
      if (opened === undefined)
        throw new Error(`statement ${change.openedBy} opened a change, but is not in the read model`);
      writeChange(options, batch.rows, work.key, opened, change);
    }
  }
};

/** Folds what has to be folded, and writes the rows of all histories that a batch touched. */
export const writeHistories = async (
  options: HistoryWriterOptions,
  batch: Batch,
  /** Where given, histories that have to be folded anew are only noted here. */
  deferred: Set<number> | null,
): Promise<void> => {
  const { state } = options;
  const dirty = [...batch.touched.values()].filter(({ refold }) => refold).map(({ work }) => work);
  const keys = [...dirty.map(({ key }) => key), ...batch.gone.keys()];
  if (deferred !== null) for (const key of keys) deferred.add(key);
  else if (keys.length > 0) {
    const results = await refoldHistories(options, batch, batch.rows, keys);
    for (const work of dirty) {
      const result = results.get(work.key);
      work.tail = result?.tail ?? null;
      work.failure = result?.failure ?? null;
    }
  }
  for (const no of batch.gone.values()) batch.rows.remove('histories', [no]);
  await writeExtended(options, batch);
  const works = [...batch.touched.values()].map(({ work }) => work).sort((a, b) => a.key - b.key);
  for (const work of works) {
    batch.rows[bringing(options, work.firstPosition)]('histories', historyRow(state, work));
    // Between batches one text takes less memory, and less of the collector's time, than what it says.
    if (work.tail !== null) work.tail = tailText(work.tail);
  }
};
