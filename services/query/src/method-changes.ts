import { setImmediate as yieldToOthers } from 'node:timers/promises';

import { ProblemError } from '@stance/contracts';
import type { Method } from '@stance/domain';
import type { HistoryRow, ReadModel } from '@stance/read-model';

import { compareChangeKeys } from './change-order.ts';
import type { ChangesSource } from './changes-source.ts';
import { pageOf } from './changes-source.ts';
import type { Folds } from './folds.ts';
import { placedChanges } from './refolded-changes.ts';
import type { ChangesScope, PlacedChange } from './refolded-changes.ts';

export interface MethodChangesOptions {
  readonly readModel: ReadModel;
  readonly folds: Folds;
  readonly method: Method;
  /** How many histories, and how many changes, one list may be made of. */
  readonly most: number;
}

const historiesAPage = 200;
/** Scopes whose changes are kept, for the further pages of their lists. */
const mostScopes = 2;

/** What the scope leaves open; of a holder and a proposition there is but one history. */
const openIn = ({ holder, proposition }: ChangesScope): string[] => [
  ...(holder === null ? ['holder'] : []),
  ...(proposition === null ? ['proposition'] : []),
];

/**
 * The changes by a method that the read model is not made by: all histories of the scope are folded, page by page, and
 * what they come to is kept for the next pages of the list. So that neither memory nor work is without bounds, a scope
 * of too many histories is refused.
 */
export const createMethodChanges = ({ readModel, folds, method, most }: MethodChangesOptions): ChangesSource => {
  const kept = new Map<string, Promise<readonly PlacedChange[]>>();

  const tooMany = (scope: ChangesScope, what: string): ProblemError => {
    const names = openIn(scope);
    const help = `name a ${names.join(' or a ')}`;
    const detail = `By the method "${method.name}" this list would be made of more than ${most} ${what}: ${help}.`;
    return new ProblemError('too-many-histories', {
      detail,
      errors: names.map((path) => ({ path, message: 'would narrow the list' })),
    });
  };

  const historiesOf = async (scope: ChangesScope): Promise<HistoryRow[]> => {
    const rows: HistoryRow[] = [];
    for (let after: number | null = null; ;) {
      const page = await readModel.read((snapshot) => snapshot.histories({ ...scope, after, limit: historiesAPage }));
      rows.push(...page);
      if (rows.length > most) throw tooMany(scope, 'histories');
      if (page.length < historiesAPage) return rows;
      after = page.at(-1)?.history ?? null;
      await yieldToOthers();
    }
  };

  const fold = async (scope: ChangesScope): Promise<readonly PlacedChange[]> => {
    const rows = await historiesOf(scope);
    const changes: PlacedChange[] = [];
    for (let start = 0; start < rows.length; start += historiesAPage) {
      const page = rows.slice(start, start + historiesAPage);
      // Asked again after further events, most histories are still what they were.
      changes.push(...(await placedChanges({ readModel, folds }, page, scope.knownAt, { keep: true })));
      if (rows.length > 1 && changes.length > most) throw tooMany(scope, 'changes');
      await yieldToOthers();
    }
    return changes.sort(compareChangeKeys);
  };

  const changesOf = async (scope: ChangesScope): Promise<readonly PlacedChange[]> => {
    // Another generation of the read model has other numbers.
    const generation = await readModel.read((snapshot) => Promise.resolve(snapshot.checkpoint.generation));
    const key = JSON.stringify([generation, scope.knownAt, scope.holder, scope.proposition]);
    const changes = kept.get(key) ?? fold(scope);
    kept.delete(key);
    kept.set(key, changes);
    const [oldest] = kept.size > mostScopes ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    try {
      return await changes;
    } catch (error) {
      if (kept.get(key) === changes) kept.delete(key);
      throw error;
    }
  };

  return {
    page: async (query, after, limit) => {
      const { knownAt, holder, proposition } = query;
      return pageOf(await changesOf({ knownAt, holder, proposition }), query, after, limit);
    },
  };
};
