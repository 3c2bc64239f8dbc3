import { setImmediate as yieldToOthers } from 'node:timers/promises';

import { compareHistories } from '@stance/domain';
import type { MethodComparison, Day, Method } from '@stance/domain';
import type { HistoryRow, ReadModel } from '@stance/read-model';

import type { MethodSources } from './by-method.ts';

/** A history that two methods differ on. */
export interface ComparedHistory {
  readonly history: number;
  /** Only so many of its changes and statements as are shown. */
  readonly comparison: MethodComparison;
  readonly differentChanges: number;
  readonly differentStatements: number;
}

/** `next`: the history that was looked at last, where there are more behind it. */
export interface ComparedPage {
  readonly items: readonly ComparedHistory[];
  readonly next: number | null;
}

export interface MethodComparisonScope {
  readonly knownAt: number;
  readonly holder: number | null;
  readonly proposition: number | null;
  readonly day: Day;
}

export interface MethodComparisonsOptions {
  readonly readModel: ReadModel;
  readonly by: (method: Method) => MethodSources;
  readonly a: Method;
  readonly b: Method;
}

/** So many histories a page looks at, and so many are folded at a time. */
const historiesAPage = 500;
const historiesAPiece = 50;
/** A piece this small may stand for what others ask for too: its folds are kept. */
const fewHistories = 20;
/** Statements that are compared before others get their turn. */
const statementsAPiece = 5000;
const shownChanges = 20;
const shownStatements = 10;

/** A page must not hold on to all statements of its histories. */
const shortened = (history: number, comparison: MethodComparison): ComparedHistory => ({
  history,
  comparison: {
    ...comparison,
    changes: comparison.changes.slice(0, shownChanges),
    statements: comparison.statements.slice(0, shownStatements),
  },
  differentChanges: comparison.changes.length,
  differentStatements: comparison.statements.length,
});

/** Walks histories in their order, and finds those that two methods differ on. */
export const createMethodComparisons = ({ readModel, by, a, b }: MethodComparisonsOptions) => {
  const compare = async (
    rows: readonly HistoryRow[],
    { knownAt, day }: MethodComparisonScope,
  ): Promise<ComparedHistory[]> => {
    const options = { keep: rows.length <= fewHistories };
    const foldedA = await by(a).folds.of(rows, knownAt, options);
    const foldedB = await by(b).folds.of(rows, knownAt, options);
    const compared: ComparedHistory[] = [];
    let statements = 0;
    for (const { history } of rows) {
      const [one, other] = [foldedA.get(history), foldedB.get(history)];
      // The rules fail on a history by every method alike.
      if (one == null || other == null) continue;
      const comparison = compareHistories({ method: a, history: one }, { method: b, history: other }, day);
      if (comparison !== null) compared.push(shortened(history, comparison));
      statements += one.placed.length;
      if (statements < statementsAPiece) continue;
      statements = 0;
      await yieldToOthers();
    }
    return compared;
  };

  return {
    /** At most `limit` of those that differ; none, perhaps, where the page looked at as many as one may. */
    page: async (scope: MethodComparisonScope, start: number | null, limit: number): Promise<ComparedPage> => {
      const items: ComparedHistory[] = [];
      let after = start;
      for (let looked = 0; looked < historiesAPage; looked += historiesAPiece) {
        const from = after;
        const found = await readModel.read((snapshot) =>
          snapshot.histories({ ...scope, after: from, limit: historiesAPiece + 1 }),
        );
        const rows = found.slice(0, historiesAPiece);
        items.push(...(await compare(rows, scope)));
        const isEnd = found.length <= historiesAPiece;
        if (items.length > limit || (items.length === limit && !isEnd)) {
          const page = items.slice(0, limit);
          return { items: page, next: page.at(-1)?.history ?? null };
        }
        if (isEnd) return { items, next: null };
        after = rows.at(-1)?.history ?? null;
        await yieldToOthers();
      }
      return { items, next: after };
    },
  };
};
