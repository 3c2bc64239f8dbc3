import { setImmediate as yieldToOthers } from 'node:timers/promises';

import type { StanceChange } from '@stance/domain';
import type { ChangeKey, HistoryRow, ReadModel, TouchedPage } from '@stance/read-model';

import { compareChangeKeys } from './change-order.ts';
import type { Folds } from './folds.ts';

/** A change of a history as it was at the position. */
export interface PlacedChange extends ChangeKey {
  readonly change: StanceChange;
}

/** Which changes are asked for: of a position, and of a holder and a proposition where these are given. */
export interface ChangesScope {
  readonly knownAt: number;
  readonly holder: number | null;
  readonly proposition: number | null;
}

/** The changes, at the position, of every history of the scope that an event up to `until` has touched since. */
export interface Refolded {
  /** Touched after the scope's position, and up to this one. */
  readonly until: number;
  /** In the order of the list. */
  readonly changes: readonly PlacedChange[];
}

interface State extends Refolded {
  readonly generation: string;
  /** The histories that the changes are of. */
  readonly histories: ReadonlySet<number>;
}

const historiesAPage = 200;
/** So few touched histories are those of the last moments, which others ask for too: their folds are kept. */
const fewHistories = 20;
/** Scopes whose changes are kept, for the further pages of their lists. */
const mostScopes = 8;

/** Above the number of every history. */
const afterAllHistories = Number.MAX_SAFE_INTEGER;

const directionTrack = 0;
const strengthTrack = 1;

interface Sources {
  readonly readModel: ReadModel;
  readonly folds: Folds;
}

/** The changes of some histories as of a position, with their places in the list. */
export const placedChanges = async (
  { readModel, folds }: Sources,
  rows: readonly HistoryRow[],
  knownAt: number,
  options: { readonly keep: boolean },
): Promise<PlacedChange[]> => {
  const folded = await folds.of(rows, knownAt, options);
  const changes: { readonly history: number; readonly change: StanceChange }[] = [];
  for (const { history } of rows) {
    for (const change of folded.get(history)?.changes ?? []) changes.push({ history, change });
  }
  const opening = [...new Set(changes.map(({ change }) => change.openedBy))];
  const opened = await readModel.read((snapshot) => snapshot.firstPositions(opening));
  return changes.map(({ history, change }) => ({
    history,
    day: change.at,
    track: change.track === 'direction' ? directionTrack : strengthTrack,
    opened: opened.get(change.openedBy) ?? 0,
    change,
  }));
};

/** Folds anew, as of a position in the past, the histories that were touched since. */
export const createRefoldedChanges = (sources: Sources) => {
  const { readModel } = sources;
  const states = new Map<string, Promise<State>>();

  /**
   * Goes on from where the state stands to where the read model stands, or until nobody waits for it any more. Others get
   * their turn in between.
   */
  const advanced = async (state: State, scope: ChangesScope, signal: AbortSignal): Promise<State> => {
    const histories = new Set(state.histories);
    const added: PlacedChange[] = [];
    let { until } = state;
    for (;;) {
      const page: TouchedPage = {
        ...scope,
        after: { lastPosition: until, history: afterAllHistories },
        limit: historiesAPage,
      };
      const { rows, position } = await readModel.read(async (snapshot) => ({
        rows: await snapshot.historiesTouched(page),
        position: snapshot.checkpoint.position,
      }));
      const fresh = rows.filter(({ history }) => !histories.has(history));
      const keep = fresh.length <= fewHistories;
      for (const change of await placedChanges(sources, fresh, scope.knownAt, { keep })) added.push(change);
      for (const { history } of fresh) histories.add(history);
      const isAll = rows.length < historiesAPage;
      // A page may end between two histories that one event has touched: both are looked at again.
      until = isAll ? position : (rows.at(-1)?.lastPosition ?? position) - 1;
      if (isAll || signal.aborted) {
        const changes = added.length === 0 ? state.changes : [...state.changes, ...added].sort(compareChangeKeys);
        return { generation: state.generation, until, histories, changes };
      }
      await yieldToOthers();
    }
  };

  const nextState = async (
    earlier: Promise<State> | undefined,
    scope: ChangesScope,
    signal: AbortSignal,
  ): Promise<State> => {
    const before = await earlier?.catch(() => undefined);
    const generation = await readModel.read((snapshot) => Promise.resolve(snapshot.checkpoint.generation));
    const state: State =
      before?.generation === generation
        ? before
        : { generation, until: scope.knownAt, histories: new Set<number>(), changes: [] };
    return advanced(state, scope, signal);
  };

  return {
    /**
     * The scope as the read model stands by now; only a part of it once the signal is aborted. Of two calls at once, the
     * later goes on from what the earlier found.
     */
    of: (scope: ChangesScope, signal: AbortSignal): Promise<Refolded> => {
      const key = JSON.stringify([scope.knownAt, scope.holder, scope.proposition]);
      const state = nextState(states.get(key), scope, signal);
      states.delete(key);
      states.set(key, state);
      const [oldest] = states.size > mostScopes ? states.keys() : [];
      if (oldest !== undefined) states.delete(oldest);
      return state;
    },
  };
};

export type RefoldedChanges = ReturnType<typeof createRefoldedChanges>;
