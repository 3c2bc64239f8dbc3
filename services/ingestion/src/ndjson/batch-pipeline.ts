import { ProblemError } from '@stance/contracts';

import type { IngestionLimits } from '../limits.ts';
import type { LineOutcome } from './line-results.ts';
import type { ReadLine } from './read-line.ts';

export interface BatchPipelineOptions {
  readonly limits: Pick<IngestionLimits, 'batchLines' | 'batchesUnderWay'>;
  /** Records a batch; what it throws fails the lines with it, and the pipeline. */
  readonly record: (batch: readonly ReadLine[]) => Promise<LineOutcome[]>;
  /** The outcomes of lines whose recording failed. */
  readonly failLines: (batch: readonly ReadLine[], problem: ProblemError) => LineOutcome[];
  /** Is given the outcomes of one batch after the other; what it throws fails the pipeline. */
  readonly deliver: (outcomes: readonly LineOutcome[]) => Promise<void>;
}

/** Brings lines to the store in batches: some are under way while the next one grows. */
export interface BatchPipeline {
  /** Aborted, with a ProblemError as its reason, once something has failed: no more batches are sent then. */
  readonly failed: AbortSignal;
  add(line: ReadLine): void;
  /** Whether as many lines wait as go into one batch: then `room` has to be awaited before more are added. */
  isFull(): boolean;
  /** Resolves once the batch that waits is on its way, or the pipeline has failed. */
  room(): Promise<void>;
  /** Sends what waits if nothing is under way: else it grows until something has been answered. */
  nudge(): void;
  /** Sends what waits, and resolves once everything has been delivered. */
  finish(): Promise<void>;
  /** The number of the last line that was sent. */
  sentUpTo(): number;
}

export const createBatchPipeline = ({ limits, record, failLines, deliver }: BatchPipelineOptions): BatchPipeline => {
  const failure = new AbortController();
  let waiting: ReadLine[] = [];
  let underWay = 0;
  let sentUpTo = 0;
  let delivered = Promise.resolve();
  let wake = (): void => {};

  const fail = (error: unknown): ProblemError => {
    const problem = error instanceof ProblemError ? error : new ProblemError('internal', { cause: error });
    failure.abort(problem);
    return problem;
  };

  const recordOrFail = async (batch: readonly ReadLine[]): Promise<LineOutcome[]> => {
    try {
      return await record(batch);
    } catch (error) {
      return failLines(batch, fail(error));
    }
  };

  const deliverNext = async (before: Promise<void>, outcomes: Promise<LineOutcome[]>): Promise<void> => {
    await before;
    try {
      await deliver(await outcomes);
    } catch (error) {
      fail(error);
    }
    underWay -= 1;
    nudge();
    wake();
  };

  const send = (): void => {
    const batch = waiting;
    waiting = [];
    underWay += 1;
    sentUpTo = batch.at(-1)?.number ?? sentUpTo;
    delivered = deliverNext(delivered, recordOrFail(batch));
  };

  const nudge = (): void => {
    if (underWay === 0 && waiting.length > 0 && !failure.signal.aborted) send();
  };

  /** There is one reader, so that there is one who waits. */
  const untilAtMost = async (batches: number): Promise<void> => {
    while (underWay > batches) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  return {
    failed: failure.signal,
    add: (line) => void waiting.push(line),
    isFull: () => waiting.length >= limits.batchLines,
    async room() {
      await untilAtMost(limits.batchesUnderWay - 1);
      if (waiting.length > 0 && !failure.signal.aborted) send();
    },
    nudge,
    async finish() {
      if (waiting.length > 0 && !failure.signal.aborted) send();
      await untilAtMost(0);
    },
    sentUpTo: () => sentUpTo,
  };
};
