import type { LineError, LineResult } from '../contract/answer.ts';

import type { Backoff } from '../call/retry.ts';
import type { Transport } from '../call/transport.ts';
import { jsonOf } from '../call/write.ts';
import { ClientError } from '../client-error.ts';
import type { StatementInput } from '../contract/input.ts';
import type { RecordOptions } from '../resource/statements.ts';
import { batches } from './batches.ts';
import { isSummary, sendLines } from './send-lines.ts';

/** What became of a batch: all of it, or its beginning and why it goes no further. */
interface Sent {
  readonly results: readonly LineResult[];
  readonly failure?: ClientError;
}

export const recordAll = async function* (
  transport: Transport,
  statements: Iterable<StatementInput> | AsyncIterable<StatementInput>,
  options: RecordOptions,
): AsyncGenerator<LineResult, void, undefined> {
  let line = 0;
  for await (const batch of batches(linesOf(statements))) {
    const { results, failure } = await sendBatch(transport, batch, options);
    for (const result of results) yield { ...result, line: ++line };
    if (failure !== undefined) throw failure;
  }
};

const linesOf = async function* (
  statements: Iterable<StatementInput> | AsyncIterable<StatementInput>,
): AsyncGenerator<string> {
  for await (const statement of statements) yield jsonOf(statement);
};

const sendBatch = async (transport: Transport, batch: readonly string[], options: RecordOptions): Promise<Sent> => {
  const results: LineResult[] = [];
  const backoff = transport.backoff();
  while (results.length < batch.length) {
    const before = results.length;
    try {
      await sendOnce(transport, batch.slice(before), options, results);
    } catch (error) {
      if (results.length > before) backoff.reset();
      const failure = await passed(error as ClientError, backoff, transport.until(options.signal));
      if (failure !== undefined) return { results, failure };
    }
  }
  return { results };
};

/** Waits where the failure may pass; else gives what to end with. */
const passed = async (
  failure: ClientError,
  backoff: Backoff,
  signal: AbortSignal | undefined,
): Promise<ClientError | undefined> => {
  try {
    await backoff.waitAfter(failure, signal);
    return undefined;
  } catch (error) {
    return error as ClientError;
  }
};

const sendOnce = async (
  transport: Transport,
  lines: readonly string[],
  { createMissing, signal }: RecordOptions,
  results: LineResult[],
): Promise<void> => {
  let answered = 0;
  for await (const answer of sendLines(transport, lines.map((line) => `${line}\n`).join(''), {
    createMissing,
    results: 'all',
    signal,
  })) {
    if (!isSummary(answer)) {
      results.push(answer);
      answered++;
    } else if (answer.summary.stopped !== undefined) throw stopFailure(answer.summary.stopped.error);
  }
  if (answered < lines.length)
    throw new ClientError('connection-lost', 'The answer ended before its last line', { retryable: true });
};

const stopFailure = (error: LineError): ClientError =>
  new ClientError(error.code, error.detail, {
    status: 503,
    retryable: error.retryable,
    problem: { type: 'about:blank', title: 'The service stopped taking lines', status: 503, ...error },
  });
