import { ProblemError } from '@stance/contracts';
import type { LineError, StatementRuleOptions } from '@stance/contracts';

import type { RecordOptions, RecordStatements } from '../record-statements.ts';
import type { IngestionLimits } from '../limits.ts';
import type { StatementResult } from '../statement-result.ts';
import type { LineOutcome } from './line-results.ts';
import { createLineSplitter } from './line-splitter.ts';
import { readLine } from './read-line.ts';
import type { ReadLine } from './read-line.ts';

export interface RecordLinesOptions extends RecordOptions {
  readonly recordStatements: RecordStatements;
  readonly rules: () => StatementRuleOptions;
  readonly limits: Pick<IngestionLimits, 'statementBytes' | 'batchLines' | 'batchesUnderWay'>;
  /**
   * Is given the outcomes of all lines, in order; the next are read only as it resolves. A ProblemError that it throws
   * stops the work.
   */
  readonly deliver: (outcomes: readonly LineOutcome[]) => Promise<void>;
}

/** How it ended. `stopped`: not all lines were looked at, and why. `broken`: the input broke off before its end. */
export interface RecordedLines {
  readonly stopped?: { readonly afterLine: number; readonly error: LineError };
  readonly broken?: unknown;
}

export const lineErrorOf = (problem: ProblemError): LineError => ({
  code: problem.code,
  detail: problem.message,
  retryable: problem.retryable,
});

/**
 * Records the statements of NDJSON text as it comes: a batch is on its way to the store while the next one is read, and
 * a batch is whatever has come while the store was busy. Where the input breaks off, the lines that are complete count,
 * and the one begun does not. Where the store fails, the lines on their way are answered with that, and no more are read.
 */
export const recordLines = async (
  chunks: AsyncIterable<Buffer>,
  { recordStatements, rules, limits, deliver, ...recordOptions }: RecordLinesOptions,
): Promise<RecordedLines> => {
  const splitter = createLineSplitter(limits.statementBytes);
  let waiting: ReadLine[] = [];
  let underWay = 0;
  let sentUpTo = 0;
  let failure: ProblemError | null = null;
  let delivered: Promise<void> = Promise.resolve();
  let wake: () => void = () => {};

  const record = async (batch: readonly ReadLine[]): Promise<LineOutcome[]> => {
    const submissions = batch.flatMap((line) => ('submission' in line ? [line.submission] : []));
    let results: readonly StatementResult[] = [];
    let error: LineError | null = null;
    try {
      results = await recordStatements(submissions, recordOptions);
    } catch (thrown) {
      failure ??= asProblemError(thrown);
      error = lineErrorOf(failure);
    }
    let next = 0;
    return batch.map((line): LineOutcome => {
      if ('error' in line) return line;
      const result = results[next];
      next += 1;
      if (result !== undefined) return { number: line.number, result };
      return { number: line.number, error: error ?? lineErrorOf(new ProblemError('internal')) };
    });
  };

  const send = (): void => {
    const batch = waiting;
    waiting = [];
    underWay += 1;
    sentUpTo = batch.at(-1)?.number ?? sentUpTo;
    const outcomes = record(batch);
    delivered = delivered
      .then(async () => deliver(await outcomes))
      .catch((error: unknown) => {
        failure ??= asProblemError(error);
      })
      .then(() => {
        underWay -= 1;
        if (underWay === 0 && waiting.length > 0 && failure === null) send();
        wake();
      });
  };

  const untilFewer = async (most: number): Promise<void> => {
    while (underWay > most) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  const take = async (lines: ReturnType<typeof splitter.push>): Promise<void> => {
    const today = rules();
    for (const line of lines) {
      waiting.push(readLine(line, today, limits.statementBytes));
      if (waiting.length < limits.batchLines) continue;
      await untilFewer(limits.batchesUnderWay - 1);
      if (failure !== null) return;
      if (waiting.length > 0) send();
    }
    if (waiting.length > 0 && underWay === 0) send();
  };

  let broken: unknown;
  try {
    for await (const chunk of chunks) {
      await take(splitter.push(chunk));
      if (failure !== null) break;
    }
    if (failure === null) await take(splitter.end());
  } catch (error) {
    if (error instanceof ProblemError) failure ??= error;
    else broken = error;
  }
  if (waiting.length > 0 && failure === null) send();
  await untilFewer(0);
  const problem: ProblemError | null = failure;
  return {
    ...(problem === null ? {} : { stopped: { afterLine: sentUpTo, error: lineErrorOf(problem) } }),
    ...(broken === undefined ? {} : { broken }),
  };
};

const asProblemError = (error: unknown): ProblemError =>
  error instanceof ProblemError ? error : new ProblemError('internal', { cause: error });
