import type { ExplainedStatementAnswer, ExplanationAnswer, HistoryAnswer } from '@stance/client';

import type { Horizon } from '../address/place.ts';
import { methodNumbers } from './method.ts';
import type { MethodNumbers } from './method.ts';
import { service } from './service.ts';

/** A history as far as it is there: what follows from it, why, and its statements. */
export interface HistoryShown {
  readonly history: HistoryAnswer;
  readonly explanation: ExplanationAnswer;
  /** Of the method by which it follows. */
  readonly method: MethodNumbers;
  /** In order; not all of them where there are more than {@link mostMarks}, or others are still to come. */
  readonly statements: readonly ExplainedStatementAnswer[];
  /** Where the statements after those begin; `undefined`: there are no more. */
  readonly after: string | undefined;
}

/** So many statements are drawn, and kept at hand. */
export const mostMarks = 1000;
/** So many are asked for at a time, and listed at a time. */
export const aPageOfStatements = 200;

/** A history, with its statements up to {@link mostMarks}; told of page by page. */
export const loadHistory = async (
  holder: string,
  proposition: string,
  horizon: Horizon,
  signal: AbortSignal,
  tell: (shown: HistoryShown) => void,
): Promise<HistoryShown> => {
  const asking = service.histories.get(holder, proposition, { ...horizon, limit: 1 }, { signal });
  const query = { ...horizon, limit: aPageOfStatements };
  const explaining = service.histories.explain(holder, proposition, query, { signal });
  const [history, explanation] = await Promise.all([asking, explaining]);
  let shown: HistoryShown = {
    history,
    explanation,
    method: await methodNumbers(explanation.method),
    statements: explanation.statements.items,
    after: explanation.statements.next,
  };
  while (shown.after !== undefined && shown.statements.length < mostMarks) {
    tell(shown);
    const { after } = shown;
    const { statements } = await service.histories.explain(holder, proposition, { ...query, after }, { signal });
    shown = { ...shown, statements: [...shown.statements, ...statements.items], after: statements.next };
  }
  return shown;
};

/** All statements, those that are not at hand too. */
export const allStatements = async (
  { explanation, statements, after }: HistoryShown,
  horizon: Horizon,
): Promise<ExplainedStatementAnswer[]> => {
  const all = [...statements];
  if (after === undefined) return all;
  const { holder, proposition } = explanation;
  const query = { ...horizon, after, limit: 1000 };
  for await (const statement of service.histories.explainedStatements(holder, proposition, query)) all.push(statement);
  return all;
};
