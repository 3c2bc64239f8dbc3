import type { Handler, NdjsonInput } from '@stance/http';

import { invalidInput } from '../answers.ts';
import type { Ingestion } from '../ingestion.ts';
import type { SubmissionCounter } from '../submission-counter.ts';
import { contextOf } from '../context-of.ts';
import { chunksOf } from './chunks.ts';
import { createTally, outcomeOf, resultLine } from './line-results.ts';
import type { LineOutcome } from './line-results.ts';
import { lineErrorOf, recordLines } from './record-lines.ts';
import { createResultWriter } from './result-writer.ts';

export interface LinesQuery {
  readonly createMissing?: boolean | undefined;
  readonly results?: 'all' | 'errors' | undefined;
}

export interface StatementHeaders {
  readonly 'idempotency-key'?: string | undefined;
}

/** The handler of `POST /v1/statements` with NDJSON. */
export const postLines =
  (
    ingestion: Ingestion,
    counter: SubmissionCounter,
    stopping: AbortSignal,
  ): Handler<NdjsonInput<unknown, LinesQuery, StatementHeaders>> =>
  async (input) => {
    const { query, raw, stream, correlationId } = input;
    if (input.headers['idempotency-key'] !== undefined) {
      throw invalidInput([{ path: 'idempotency-key', message: 'names one statement, and cannot go with NDJSON' }]);
    }
    const { limits } = ingestion;
    const response = raw.takeOver(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
    const errorsOnly = query.results === 'errors';
    if (!errorsOnly) response.flushHeaders();
    const writer = createResultWriter(response, limits);
    const tally = createTally();
    let held = '';
    /** Some proxies pass on nothing more of a request once its answer begins: the answer waits for the end, as long as it is short. */
    const write = (text: string): Promise<void> => {
      held += text;
      if (errorsOnly && !stream.readableEnded && held.length <= limits.heldResultLength) return Promise.resolve();
      const ready = held;
      held = '';
      return writer.write(ready);
    };

    const deliver = (outcomes: readonly LineOutcome[]): Promise<void> => {
      const counts = { accepted: 0, duplicate: 0, rejected: 0 };
      let text = '';
      for (const outcome of outcomes) {
        tally.add(outcome);
        const what = outcomeOf(outcome);
        counts[what] += 1;
        if (!errorsOnly || what === 'rejected') text += resultLine(outcome);
      }
      for (const what of ['accepted', 'duplicate', 'rejected'] as const) counter.count(what, counts[what]);
      return write(text);
    };

    const { stopped, broken } = await recordLines((signal) => chunksOf(stream, signal), {
      stopping,
      recordStatements: ingestion.recordStatements,
      rules: ingestion.rules,
      limits,
      context: { ...contextOf(input), batchId: correlationId },
      createMissing: query.createMissing ?? false,
      deliver,
    });
    if (broken !== undefined) {
      raw.request.log.info({ err: broken }, 'A client broke off while sending lines.');
      response.destroy();
      return;
    }
    if (stopped === undefined) {
      response.end(errorsOnly ? held + tally.summaryLine() : undefined);
      return;
    }
    const { afterLine, problem } = stopped;
    raw.request.log.warn({ err: problem, afterLine }, 'Lines were not taken to their end.');
    response.end(held + tally.summaryLine({ afterLine, error: lineErrorOf(problem) }));
    letGo(raw.request.raw, limits.closeGraceMs);
  };

/**
 * Lets a client that is still sending find out that its answer has ended: what it sends is dropped for a while, since
 * closing at once could take the answer away from it.
 */
const letGo = (request: NdjsonInput<unknown, unknown, unknown>['raw']['request']['raw'], graceMs: number): void => {
  if (request.complete) return;
  const timer = setTimeout(() => request.destroy(), graceMs);
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => clearTimeout(timer));
  request.resume();
};
