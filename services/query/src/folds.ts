import { foldInPieces } from '@stance/domain';
import type { History, KnownStatement, Method } from '@stance/domain';
import type { HistoryRow, ReadModel } from '@stance/read-model';
import type { Logger } from 'pino';

import { createKnownHistories } from './known-histories.ts';
import { createReaders } from './readers.ts';
import type { Readers } from './readers.ts';
import type { Turns } from './turns.ts';

export interface FoldsOptions {
  readonly readModel: ReadModel;
  readonly method: Method;
  readonly logger: Logger;
  readonly turns: Turns;
  /** How many statements the kept folds may have in all. One history may have more: then it is the only one. */
  readonly keptStatements: number;
}

/** What a history comes to, valid for a span of positions. */
interface Fold {
  /** `null` where the rules failed on it: what is told of it is incomplete. */
  readonly history: History | null;
  readonly from: number;
  to: number;
}

/** Histories that are being folded, and who waits for them. */
interface Load {
  readonly promise: Promise<ReadonlyMap<number, History | null>>;
  readonly readers: Readers;
}

export interface FoldsRequest {
  /** Whether they may push out what others asked for: not where very many are read once. */
  readonly keep?: boolean;
  /** Once it is aborted, and all others who wait for the same are gone, the work ends. */
  readonly signal?: AbortSignal;
}

/** A group of histories that one load folds. */
const historiesALoad = 200;
/** What a fold costs beside its statements. */
const foldOverhead = 8;
/** Folds of one history as of different positions. */
const mostOfAHistory = 4;

/**
 * Folds histories as of a position, and keeps what was asked for last: until an event touches a history, its fold
 * stays as it is.
 */
export const createFolds = ({ readModel, method, logger, turns, keptStatements }: FoldsOptions) => {
  const kept = new Map<number, Fold[]>();
  const loading = new Map<string, Load>();
  let keptSize = 0;

  const sizeOf = (fold: Fold): number => (fold.history?.placed.length ?? 0) + foldOverhead;

  const find = ({ history, lastPosition }: HistoryRow, knownAt: number): Fold | null => {
    const folds = kept.get(history);
    if (folds === undefined) return null;
    const untouchedSince = lastPosition <= knownAt;
    const fold = folds.find(
      ({ from, to }) => (from <= knownAt && knownAt <= to) || (untouchedSince && from === lastPosition),
    );
    if (fold === undefined) return null;
    fold.to = Math.max(fold.to, knownAt);
    kept.delete(history);
    kept.set(history, folds);
    return fold;
  };

  const dropOldest = (): void => {
    while (keptSize > keptStatements && kept.size > 1) {
      const [oldest] = kept;
      if (oldest === undefined) return;
      kept.delete(oldest[0]);
      for (const fold of oldest[1]) keptSize -= sizeOf(fold);
    }
  };

  const keep = ({ history, lastPosition }: HistoryRow, knownAt: number, folded: History | null): void => {
    // Of a position in the past nothing is known but that position itself.
    const fold: Fold = { history: folded, from: lastPosition <= knownAt ? lastPosition : knownAt, to: knownAt };
    const folds = kept.get(history) ?? [];
    for (const old of folds.splice(0, Math.max(0, folds.length - mostOfAHistory + 1))) keptSize -= sizeOf(old);
    folds.push(fold);
    kept.delete(history);
    kept.set(history, folds);
    keptSize += sizeOf(fold);
    dropOldest();
  };

  const failed = (history: number, error: unknown): null => {
    logger.error({ err: error, history }, 'A history cannot be folded; answers say that it is incomplete.');
    return null;
  };

  const fold = async (
    history: number,
    statements: readonly KnownStatement[] | null,
    readers: Readers,
  ): Promise<History | null> => {
    if (statements === null) return null;
    try {
      return await turns.drive(foldInPieces(statements, method), readers.check);
    } catch (error) {
      readers.check();
      return failed(history, error);
    }
  };

  const knownHistories = createKnownHistories({ readModel, method, turns, onFailure: failed });

  const load = async (
    rows: readonly HistoryRow[],
    knownAt: number,
    readers: Readers,
  ): Promise<Map<number, History | null>> => {
    const known = await knownHistories(
      rows.map(({ history }) => history),
      knownAt,
      readers.check,
    );
    const folded = new Map<number, History | null>();
    for (const { history } of rows) {
      if (folded.size > 0) await turns.pause();
      folded.set(history, await fold(history, known.get(history) ?? null, readers));
    }
    return folded;
  };

  const keyOf = ({ history, lastPosition }: HistoryRow, knownAt: number): string =>
    lastPosition <= knownAt ? `${String(history)}=${String(lastPosition)}` : `${String(history)}@${String(knownAt)}`;

  return {
    /**
     * The histories as of a position, by their numbers. A history that is being folded for somebody else already is
     * waited for. Others get their turn every few milliseconds, however long the histories are.
     *
     * @throws the signal's reason once that is aborted, where nobody else waits.
     */
    of: async (
      rows: readonly HistoryRow[],
      knownAt: number,
      { keep: keeps = true, signal }: FoldsRequest = {},
    ): Promise<ReadonlyMap<number, History | null>> => {
      const found = new Map<number, History | null>();
      const missing: HistoryRow[] = [];
      const awaited: { readonly history: number; readonly promise: Load['promise'] }[] = [];
      for (const row of rows) {
        const known = find(row, knownAt);
        const underWay = known === null ? loading.get(keyOf(row, knownAt)) : undefined;
        if (known !== null) found.set(row.history, known.history);
        else if (underWay?.readers.add(signal) === true) {
          awaited.push({ history: row.history, promise: underWay.promise });
        } else missing.push(row);
      }
      for (let index = 0; index < missing.length; index += historiesALoad) {
        const group = missing.slice(index, index + historiesALoad);
        signal?.throwIfAborted();
        const readers = createReaders(signal);
        const promise = load(group, knownAt, readers);
        for (const row of group) loading.set(keyOf(row, knownAt), { promise, readers });
        try {
          const loaded = await promise;
          for (const row of group) {
            const history = loaded.get(row.history) ?? null;
            found.set(row.history, history);
            if (keeps) keep(row, knownAt, history);
          }
        } finally {
          for (const row of group) {
            const key = keyOf(row, knownAt);
            // Who came too late for a work that was given up has begun his own.
            if (loading.get(key)?.promise === promise) loading.delete(key);
          }
        }
        if (group.length < missing.length) await turns.next();
      }
      for (const { history, promise } of awaited) found.set(history, (await promise).get(history) ?? null);
      return found;
    },

    /** How many statements are kept, for those who watch the memory. */
    size: (): number => keptSize,
  };
};

export type Folds = ReturnType<typeof createFolds>;
