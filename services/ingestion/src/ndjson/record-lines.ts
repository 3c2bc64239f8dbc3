import { ProblemError } from '@stance/contracts';
import type { LineError, StatementRuleOptions } from '@stance/contracts';

import type { IngestionLimits } from '../limits.ts';
import type { RecordOptions, RecordStatements } from '../record-statements.ts';
import { createBatchPipeline } from './batch-pipeline.ts';
import type { LineOutcome } from './line-results.ts';
import { createLineSplitter } from './line-splitter.ts';
import type { Line } from './line-splitter.ts';
import { readLine } from './read-line.ts';
import type { ReadLine } from './read-line.ts';

export interface RecordLinesOptions extends RecordOptions {
  readonly recordStatements: RecordStatements;
  readonly rules: () => StatementRuleOptions;
  readonly limits: Pick<IngestionLimits, 'statementBytes' | 'batchLines' | 'batchesUnderWay'>;
  /** Aborted when no more lines are to be taken. */
  readonly stopping: AbortSignal;
  /**
   * Is given the outcomes of all lines, in order; reading stays at most a few batches ahead of it. A ProblemError that
   * it throws stops the work.
   */
  readonly deliver: (outcomes: readonly LineOutcome[]) => Promise<void>;
}

/** How it ended. `stopped`: not all lines were looked at, and why. `broken`: the input broke off before its end. */
export interface RecordedLines {
  readonly stopped?: { readonly afterLine: number; readonly problem: ProblemError };
  readonly broken?: unknown;
}

export const lineErrorOf = ({ code, message, retryable }: ProblemError): LineError => ({
  code,
  detail: message,
  retryable,
});

/**
 * Records the statements of NDJSON text as it comes: a batch is on its way to the store while the next one is read, and
 * a batch is whatever has come while the store was busy. Where the input breaks off, the lines that are complete count,
 * and the one begun does not. Where the store fails, the lines on their way are answered with that, and no more are read.
 *
 * @param chunks the text, which has to end once the signal is aborted
 */
export const recordLines = async (
  chunks: (signal: AbortSignal) => AsyncIterable<Buffer>,
  { recordStatements, rules, stopping, limits, deliver, ...recordOptions }: RecordLinesOptions,
): Promise<RecordedLines> => {
  const splitter = createLineSplitter(limits.statementBytes);
  const pipeline = createBatchPipeline({
    limits,
    deliver,
    failLines,
    record: async (batch) => {
      const submissions = batch.flatMap((line) => ('submission' in line ? [line.submission] : []));
      const results = (await recordStatements(submissions, recordOptions)).values();
      return batch.map((line): LineOutcome => {
        if ('error' in line) return line;
        const { value: result } = results.next();
        if (result === undefined) throw new Error(`line ${line.number} was recorded without a result`);
        return { number: line.number, result };
      });
    },
  });
  const halted = AbortSignal.any([stopping, pipeline.failed]);

  const take = async (lines: readonly Line[]): Promise<void> => {
    const today = rules();
    for (const line of lines) {
      pipeline.add(readLine(line, today, limits.statementBytes));
      if (!pipeline.isFull()) continue;
      await pipeline.room();
      if (halted.aborted) return;
    }
    pipeline.nudge();
  };

  let broken: unknown;
  try {
    for await (const chunk of chunks(halted)) await take(splitter.push(chunk));
    if (!halted.aborted) await take(splitter.end());
  } catch (error) {
    broken = error;
  }
  await pipeline.finish();
  if (!halted.aborted) return broken === undefined ? {} : { broken };
  const problem: unknown = pipeline.failed.reason;
  return {
    stopped: {
      afterLine: pipeline.sentUpTo(),
      problem: problem instanceof ProblemError ? problem : new ProblemError('shutting-down'),
    },
    ...(broken === undefined ? {} : { broken }),
  };
};

const failLines = (batch: readonly ReadLine[], problem: ProblemError): LineOutcome[] =>
  batch.map((line) => ('error' in line ? line : { number: line.number, error: lineErrorOf(problem) }));
