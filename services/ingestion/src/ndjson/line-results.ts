import type { LineError, LineResult, LinesSummary } from '@stance/contracts';

import type { StatementResult } from '../statement-result.ts';

/** What became of a line: of the statement in it, or why there was none. */
export type LineOutcome =
  | { readonly number: number; readonly result: StatementResult }
  | { readonly number: number; readonly error: LineError };

const rejected = (line: number, error: LineError, statementId?: string): string => {
  const result: LineResult = {
    line,
    outcome: 'rejected',
    ...(statementId === undefined ? {} : { statementId }),
    error,
  };
  return `${JSON.stringify(result)}\n`;
};

/**
 * The result line of an outcome. Those of what was recorded, nearly all of an import, are put together by hand: ids hold
 * nothing that JSON would escape.
 */
export const resultLine = (outcome: LineOutcome): string => {
  const { number } = outcome;
  if ('error' in outcome) return rejected(number, outcome.error);
  const { result } = outcome;
  if (result.outcome === 'rejected') return rejected(number, result.error, result.statementId);
  const { statementId, position } = result;
  const state = result.outcome === 'duplicate' ? `,"state":"${result.state}"` : '';
  return `{"line":${number},"outcome":"${result.outcome}","statementId":"${statementId}","position":${position}${state}}\n`;
};

export const outcomeOf = (outcome: LineOutcome): StatementResult['outcome'] =>
  'error' in outcome ? 'rejected' : outcome.result.outcome;

/** Counts what became of the lines. */
export interface Tally {
  add(outcome: LineOutcome): void;
  /** The closing line; `stopped` where not all lines were looked at. */
  summaryLine(stopped?: { readonly afterLine: number; readonly error: LineError }): string;
}

export const createTally = (): Tally => {
  const counts = { accepted: 0, duplicate: 0, rejected: 0 };
  let position = 0;
  return {
    add(outcome) {
      counts[outcomeOf(outcome)] += 1;
      if ('result' in outcome && outcome.result.outcome !== 'rejected') {
        position = Math.max(position, outcome.result.position);
      }
    },
    summaryLine(stopped) {
      const summary: LinesSummary = { summary: { ...counts, position, ...(stopped === undefined ? {} : { stopped }) } };
      return `${JSON.stringify(summary)}\n`;
    },
  };
};
