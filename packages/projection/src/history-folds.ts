import { emptyTail, extendTail } from '@stance/domain';
import type { KnownStatement, Method, StanceChange } from '@stance/domain';
import { propositionOf } from '@stance/read-model';
import type { ReadModelWriter } from '@stance/read-model';

import type { Batch, ChangeWork, TouchedHistory } from './batch.ts';
import { changeRow, changeRowKey } from './change-rows.ts';
import { foldKnownVersions } from './refold.ts';
import { knownVersionsInserted } from './statement-rows.ts';
import type { HistoryWork, ProjectionState } from './state.ts';
import { parseTail, tailText } from './tail-text.ts';

/** Keeps the histories that a batch touches: their tails and their changes. */
export interface HistoryFolds {
  touch(history: number, position: number): void;
  /** One more statement is known. Comes after `touch`. */
  extend(history: number, statement: KnownStatement): void;
  /** Something else than one more statement: the history is folded once at the end of the batch. Comes after `touch`. */
  foldAnew(history: number): void;
  /** Folds what has to be folded and writes the rows. */
  finish(): Promise<void>;
}

export interface HistoryFoldsOptions {
  readonly state: ProjectionState;
  readonly batch: Batch;
  readonly writer: ReadModelWriter;
  readonly method: Method;
  /** Where given, histories that have to be folded anew are only noted here. */
  readonly deferred: Set<number> | null;
}

export const createHistoryFolds = (options: HistoryFoldsOptions): HistoryFolds => {
  const { state, batch, writer, method, deferred } = options;

  const workOf = (history: number, position: number): HistoryWork => {
    const known = state.histories.get(history);
    if (known !== undefined) return known;
    const work: HistoryWork = {
      key: history,
      firstPosition: position,
      lastPosition: position,
      tail: emptyTail,
      failure: null,
    };
    state.histories.set(history, work);
    return work;
  };

  const touchedHistory = (history: number): TouchedHistory => {
    const touched = batch.touched.get(history);
    if (touched === undefined) throw new Error(`history ${String(history)} was not touched before it was folded`);
    return touched;
  };

  const markForFold = (touched: TouchedHistory): void => {
    touched.refold = true;
    touched.changes = [];
    touched.work.tail = null;
  };

  const step = (work: HistoryWork, statement: KnownStatement): ReturnType<typeof extendTail> => {
    if (work.tail === null) return null;
    if (typeof work.tail === 'string') work.tail = parseTail(work.tail);
    try {
      return extendTail(work.tail, statement, method);
    } catch {
      // The fold of the whole history meets the same failure, and writes it down.
      return null;
    }
  };

  const remember = (
    changes: ChangeWork[],
    track: StanceChange['track'],
    openedBy: string,
    change: StanceChange | null,
  ): void => {
    const index = changes.findIndex((each) => each.openedBy === openedBy && each.track === track);
    if (index === -1) changes.push({ track, openedBy, change });
    else changes[index] = { track, openedBy, change };
  };

  /** The positions of the first events of the opening statements that this batch does not hold. */
  const openingsElsewhere = async (): Promise<Map<string, number>> => {
    const ids = new Set<string>();
    for (const { changes } of batch.touched.values()) {
      for (const { openedBy } of changes) if (!batch.statements.has(openedBy)) ids.add(openedBy);
    }
    if (ids.size === 0) return new Map();
    const found = await writer.statements([...ids]);
    return new Map([...found].map(([id, statement]) => [id, statement.firstPosition]));
  };

  const writeChange = (history: number, opened: number, { track, change }: Omit<ChangeWork, 'openedBy'>): void => {
    if (change === null) batch.rows.remove('changes', changeRowKey(track, opened));
    else batch.rows.put('changes', changeRow(history, opened, change));
  };

  const refoldAll = async (): Promise<void> => {
    const dirty = [...batch.touched.values()].filter(({ refold }) => refold);
    if (dirty.length === 0) return;
    if (deferred !== null) {
      for (const { work } of dirty) deferred.add(work.key);
      return;
    }
    const inserted = knownVersionsInserted(batch);
    for (const { work } of dirty) {
      const stored = (await writer.knownVersions(work.key)).filter(({ position }) => !batch.ended.has(position));
      const versions = [...stored, ...(inserted.get(work.key) ?? [])];
      const result = foldKnownVersions(versions, await writer.changes(work.key), method);
      work.tail = result.tail;
      work.failure = result.failure;
      for (const { opened, ...change } of result.changes) writeChange(work.key, opened, change);
    }
  };

  const writeExtended = async (): Promise<void> => {
    const elsewhere = await openingsElsewhere();
    for (const { work, changes } of batch.touched.values()) {
      for (const change of changes) {
        const opened = batch.statements.get(change.openedBy)?.firstPosition ?? elsewhere.get(change.openedBy);
        if (opened === undefined)
          throw new Error(`statement ${change.openedBy} opened a change, but is not in the read model`);
        writeChange(work.key, opened, change);
      }
    }
  };

  const writeHistories = (): void => {
    const works = [...batch.touched.values()].map(({ work }) => work).sort((a, b) => a.key - b.key);
    for (const work of works) {
      const { key, firstPosition, lastPosition, failure } = work;
      const text = tailText(work.tail);
      batch.rows.put('histories', [key, propositionOf(key), firstPosition, lastPosition, failure, text]);
      // Between batches one text takes less memory, and less of the collector's time, than what it says.
      if (work.tail !== null) work.tail = text;
    }
  };

  return {
    touch(history, position) {
      const touched = batch.touched.get(history);
      if (touched !== undefined) touched.work.lastPosition = position;
      else {
        const work = workOf(history, position);
        work.lastPosition = position;
        batch.touched.set(history, { work, refold: false, changes: [] });
      }
    },
    extend(history, statement) {
      const touched = touchedHistory(history);
      if (touched.refold) return;
      const extended = step(touched.work, statement);
      if (extended === null) {
        markForFold(touched);
        return;
      }
      touched.work.tail = extended.tail;
      for (const { track, openedBy } of extended.removed) remember(touched.changes, track, openedBy, null);
      for (const change of extended.changed) remember(touched.changes, change.track, change.openedBy, change);
    },
    foldAnew(history) {
      markForFold(touchedHistory(history));
    },
    async finish() {
      await refoldAll();
      await writeExtended();
      writeHistories();
    },
  };
};
