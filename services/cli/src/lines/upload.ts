import type { LineError, LineResult, LinesSummary } from '@stance/contracts';

import { CliError } from '../cli-error.ts';
import type { Client } from '../client/client.ts';
import { ProblemAnswer } from '../client/problem-answer.ts';
import type { Retry } from '../client/retry.ts';
import { restOf, type Batch, type RefusedLine } from './batch.ts';

export interface Rejection {
  /** The line of the input, from 1. */
  readonly line: number;
  readonly statementId?: string;
  readonly error: LineError;
}

export interface Totals {
  accepted: number;
  duplicate: number;
  rejected: number;
  /** The highest position answered with. */
  position: number;
}

export interface UploadOptions {
  readonly client: Client;
  readonly retry: Retry;
  readonly createMissing?: boolean;
  readonly onRejection: (rejection: Rejection) => void;
  /** Called when a batch is done. */
  readonly onProgress: (totals: Readonly<Totals>, batch: Batch) => void;
}

/** Two requests at a time: while one waits for its answer the other keeps the service busy. */
const inFlight = 2;

/**
 * Sends batches of lines until they are answered, a few at a time. A batch whose answer was lost is sent again: the
 * service counts nothing twice, though it then calls `duplicate` what it took the first time.
 */
export const upload = async (batches: AsyncIterable<Batch | RefusedLine>, options: UploadOptions): Promise<Totals> => {
  const totals: Totals = { accepted: 0, duplicate: 0, rejected: 0, position: 0 };
  const pending = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;

  const reject = (rejection: Rejection): void => {
    totals.rejected++;
    options.onRejection(rejection);
  };
  for await (const item of batches) {
    if ('reason' in item) {
      reject({ line: item.line, error: { code: 'invalid-line', detail: item.reason, retryable: false } });
      continue;
    }
    const sending = sendBatch(item, options, totals, reject)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => pending.delete(sending));
    pending.add(sending);
    if (pending.size >= inFlight) await Promise.race(pending);
    if (failure !== undefined) break;
  }
  await Promise.all(pending);
  if (failure !== undefined) throw failure.error;
  return totals;
};

const sendBatch = async (
  batch: Batch,
  options: UploadOptions,
  totals: Totals,
  reject: (rejection: Rejection) => void,
): Promise<void> => {
  let rest = batch;
  while (rest.count > 0) {
    const done = await options.retry(() => sendOnce(rest, options, totals, reject));
    rest = restOf(rest, done);
  }
  options.onProgress(totals, batch);
};

/** Answers how many lines of the batch are done: all, or those before the service stopped for a passing reason. */
const sendOnce = async (
  batch: Batch,
  { client, createMissing }: UploadOptions,
  totals: Totals,
  reject: (rejection: Rejection) => void,
): Promise<number> => {
  const query = { results: 'errors', ...(createMissing === true ? { createMissing: true } : {}) };
  const answer = await client.postLines('/v1/statements', query, batch.bytes);
  const last = answer.at(-1);
  if (!isSummary(last))
    throw new CliError('connection-lost', 'The answer ended before its closing line', { retryable: true });

  const { summary } = last;
  const stopped = summary.stopped;
  if (stopped?.afterLine === 0) throw stopProblem(stopped.error);
  totals.accepted += summary.accepted;
  totals.duplicate += summary.duplicate;
  totals.position = Math.max(totals.position, summary.position);
  for (const result of answer as readonly LineResult[]) {
    if (result.error === undefined) continue;
    reject({
      line: batch.lineOf(result.line),
      ...(result.statementId === undefined ? {} : { statementId: result.statementId }),
      error: result.error,
    });
  }
  if (stopped === undefined) return batch.count;
  if (!stopped.error.retryable) throw stopProblem(stopped.error);
  return stopped.afterLine;
};

const isSummary = (line: unknown): line is LinesSummary =>
  typeof line === 'object' && line !== null && 'summary' in line;

const stopProblem = (error: LineError): ProblemAnswer =>
  new ProblemAnswer({ type: 'about:blank', title: 'The service stopped taking lines', status: 503, ...error });
