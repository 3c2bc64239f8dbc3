import { ClientError, type Client } from '@stance/client';
import type { LineError, LineResult, LinesSummary } from '@stance/contracts';

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
  const rejected: LineResult[] = [];
  let closing: LinesSummary | undefined;
  for await (const line of client.statements.sendLines(batch.bytes, { results: 'errors', createMissing })) {
    if ('summary' in line) closing = line;
    else rejected.push(line);
  }
  if (closing === undefined)
    throw new ClientError('connection-lost', 'The answer ended before its closing line', { retryable: true });

  const { summary } = closing;
  const stopped = summary.stopped;
  if (stopped?.afterLine === 0) throw stopProblem(stopped.error);
  totals.accepted += summary.accepted;
  totals.duplicate += summary.duplicate;
  totals.position = Math.max(totals.position, summary.position);
  for (const result of rejected) {
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

const stopProblem = (error: LineError): ClientError =>
  new ClientError(error.code, error.detail, {
    status: 503,
    retryable: error.retryable,
    problem: { type: 'about:blank', title: 'The service stopped taking lines', status: 503, ...error },
  });
