import { emptyTail, extendTail } from '@stance/domain';
import type { KnownStatement, Method, StanceChange } from '@stance/domain';
import { holderOf } from '@stance/read-model';

import type { Batch, ChangeWork, TouchedHistory } from './batch.ts';
import { firstDayConcerned } from './concerned-days.ts';
import { historiesIn, survivingHistory } from './surviving-history.ts';
import type { HistoryWork, ProjectionState } from './state.ts';
import { parseTail } from './tail-text.ts';

/**
 * Keeps the histories that a batch touches: their tails and their changes. Histories are named as statements were recorded;
 * what is done to one is done to the one that it counts into, after merges, and to all that point at that.
 */
export interface HistoryFolds {
  touch(history: number, position: number): void;
  /** One more statement is known. Comes after `touch`. */
  extend(history: number, statement: KnownStatement): void;
  /** Something else than one more statement: the history is folded once at the end of the batch. Comes after `touch`. */
  foldAnew(history: number): void;
  /** The same for all histories of those who answer for, or as, an actor. */
  foldAllOf(actor: number, position: number): void;
  /** These actors answer as others than before: their histories, and those in which they speak, come to something else. */
  regroup(actors: ReadonlySet<number>, position: number): void;
}

export interface HistoryFoldsOptions {
  readonly state: ProjectionState;
  readonly batch: Batch;
  readonly method: Method;
}

export const createHistoryFolds = ({ state, batch, method }: HistoryFoldsOptions): HistoryFolds => {
  const surviving = (history: number): number => survivingHistory(state.survivors.byNumber, history);

  const workOf = (history: number, position: number, no: number): HistoryWork => {
    const known = state.histories.get(history);
    if (known !== undefined) return known;
    const work: HistoryWork = {
      key: history,
      no,
      firstPosition: position,
      lastPosition: position,
      tail: emptyTail,
      failure: null,
    };
    state.histories.set(history, work);
    return work;
  };

  /** A history that does not begin with its own statement is known by its negative number (see the table). */
  const touchOne = (history: number, position: number, no = -history): TouchedHistory => {
    const known = batch.touched.get(history);
    if (known !== undefined) {
      known.work.lastPosition = position;
      return known;
    }
    const work = workOf(history, position, no);
    work.lastPosition = position;
    const touched = { work, refold: false, changes: [] };
    batch.touched.set(history, touched);
    return touched;
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

  /** What points at a history, and at what that comes to, sees it differently where it was said on a day concerned. */
  const spread = (start: number, from: number, position: number): void => {
    if (state.pointers.isEmpty) return;
    const { byNumber } = state.survivors;
    const reached = new Set([start]);
    for (const history of reached) {
      for (const target of historiesIn(byNumber, history)) {
        for (const pointer of state.pointers.at(target)) {
          if (pointer.saidTo < from) continue;
          const pointing = surviving(pointer.history);
          if (reached.has(pointing)) continue;
          reached.add(pointing);
          markForFold(touchOne(pointing, position));
        }
      }
    }
  };

  const foldOne = (history: number, position: number): void => {
    markForFold(touchOne(history, position));
    spread(history, -Infinity, position);
  };

  /** The history by itself, and the one that it counts into. */
  const foldBoth = (history: number, position: number): void => {
    const counted = surviving(history);
    if (counted !== history) markForFold(touchOne(history, position));
    foldOne(counted, position);
  };

  const heldBy = (actor: number): number[] => [
    ...(batch.held.get(actor) ?? []),
    ...[...batch.touched.keys()].filter((history) => holderOf(history) === actor),
  ];

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

  /** Whether anyone that the history counts as ever took something back: this statement may be it. */
  const mayBeDisowned = (history: number): boolean =>
    state.disowners.size > 0 &&
    state.survivors.byNumber.members(holderOf(history)).some((actor) => state.disowners.has(actor));

  return {
    touch(history, position) {
      touchOne(history, position, position);
      const counted = surviving(history);
      if (counted === history) return;
      // What is merged away has no tail: it is folded with the others.
      touchedHistory(history).work.tail = null;
      touchOne(counted, position);
    },
    extend(history, statement) {
      const counted = surviving(history);
      const touched = touchedHistory(counted);
      const extended = touched.refold || mayBeDisowned(counted) ? null : step(touched.work, statement);
      // What goes on from the tail changes its own day alone, whatever it names.
      const from = extended === null ? firstDayConcerned(statement) : (statement.said.earliest ?? -Infinity);
      spread(counted, from, touched.work.lastPosition);
      if (extended === null) {
        if (!touched.refold) markForFold(touched);
        return;
      }
      touched.work.tail = extended.tail;
      for (const { track, openedBy } of extended.removed) remember(touched.changes, track, openedBy, null);
      for (const change of extended.changed) remember(touched.changes, change.track, change.openedBy, change);
    },
    foldAnew(history) {
      const counted = surviving(history);
      foldOne(counted, touchedHistory(counted).work.lastPosition);
    },
    foldAllOf(actor, position) {
      const { byNumber } = state.survivors;
      for (const member of byNumber.members(byNumber.of(actor))) {
        for (const history of heldBy(member)) foldBoth(history, position);
      }
    },
    regroup(actors, position) {
      for (const actor of actors) for (const history of heldBy(actor)) foldBoth(history, position);
      for (const history of batch.spokenIn) foldOne(surviving(history), position);
      // What points at one of them where he said nothing sees another stance, too.
      for (const target of state.pointers.targets()) {
        if (actors.has(holderOf(target))) spread(surviving(target), -Infinity, position);
      }
    },
  };
};
