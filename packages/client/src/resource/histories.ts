import type {
  ExplainedStatementAnswer,
  ExplanationAnswer,
  HistoryAnswer,
  HistoryStatementAnswer,
} from '../contract/answer.ts';

import { path } from '../call/query-string.ts';
import type { Transport } from '../call/transport.ts';
import type { CallOptions } from '../call/write.ts';
import { createPages, read, type Pages } from '../pages.ts';
import type { ExplanationQuery, HistoryQuery } from '../contract/query.ts';

/** What one holder said about one proposition, and what follows from it. */
export interface Histories {
  /** Segments, changes, and the first page of statements. */
  get(holder: string, proposition: string, query?: HistoryQuery, options?: CallOptions): Promise<HistoryAnswer>;
  /** The statements by day; a page is the history with its part of them. */
  statements(
    holder: string,
    proposition: string,
    query?: HistoryQuery,
    options?: CallOptions,
  ): Pages<HistoryStatementAnswer, HistoryAnswer>;
  /** Why: what opened, confirmed or withdrew each change, and the first page of statements with their weights. */
  explain(
    holder: string,
    proposition: string,
    query?: ExplanationQuery,
    options?: CallOptions,
  ): Promise<ExplanationAnswer>;
  /** The statements with their weights as factors; a page is the explanation with its part of them. */
  explainedStatements(
    holder: string,
    proposition: string,
    query?: ExplanationQuery,
    options?: CallOptions,
  ): Pages<ExplainedStatementAnswer, ExplanationAnswer>;
  /** The explanation as text for people. */
  explainAsText(holder: string, proposition: string, query?: ExplanationQuery, options?: CallOptions): Promise<string>;
}

interface WithStatements<Item> {
  readonly statements: { readonly items: readonly Item[]; readonly next?: string | undefined };
}

export const createHistories = (transport: Transport): Histories => {
  const statementsOf = <Page extends WithStatements<unknown>>(
    path: string,
    query: HistoryQuery | ExplanationQuery,
    options: CallOptions | undefined,
  ): Pages<Page['statements']['items'][number], Page> =>
    createPages<Page['statements']['items'][number], Page>({
      transport,
      path,
      query,
      options,
      items: ({ statements }) => statements.items,
      next: ({ statements }) => statements.next,
    });

  return {
    get: async (holder, proposition, query = {}, options) =>
      read(transport, historyPath(holder, proposition), query, options),
    statements: (holder, proposition, query = {}, options) =>
      statementsOf<HistoryAnswer>(historyPath(holder, proposition), query, options),
    explain: async (holder, proposition, query = {}, options) =>
      read(transport, explanationPath(holder, proposition), query, options),
    explainedStatements: (holder, proposition, query = {}, options) =>
      statementsOf<ExplanationAnswer>(explanationPath(holder, proposition), query, options),
    explainAsText: async (holder, proposition, query = {}, options) =>
      transport.text({
        method: 'GET',
        path: explanationPath(holder, proposition),
        query,
        accept: 'text/plain',
        ...options,
      }),
  };
};

const historyPath = (holder: string, proposition: string): string => path`/v1/histories/${holder}/${proposition}`;

const explanationPath = (holder: string, proposition: string): string =>
  `${historyPath(holder, proposition)}/explanation`;
