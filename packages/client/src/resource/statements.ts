import type {
  LineResult,
  LinesSummary,
  StatementAnswer,
  StatementDetail,
  StatementList,
  StatementWritten,
} from '../contract/answer.ts';

import { path } from '../call/query-string.ts';
import type { Transport } from '../call/transport.ts';
import { write, type CallOptions } from '../call/write.ts';
import { statementEventTypes, type StatementEvent } from '../follow/event.ts';
import { follow, type FollowOptions } from '../follow/follow.ts';
import type { CorrectionInput, RetractionInput, StatementInput } from '../contract/input.ts';
import { listOf, read, type Pages } from '../pages.ts';
import type { StatementQuery, StatementsQuery, StatementStreamQuery } from '../contract/query.ts';
import { sendLines } from '../statement-lines/send-lines.ts';
import { recordAll } from '../statement-lines/record-all.ts';

export interface RecordOptions extends CallOptions {
  /** Register actors and propositions that are not known yet, under their id. */
  readonly createMissing?: boolean | undefined;
}

export interface RecordOneOptions extends RecordOptions {
  /** The caller's id of the statement, where it has no `id` of its own. */
  readonly idempotencyKey?: string | undefined;
}

export interface SendLinesOptions extends RecordOptions {
  /** `errors`: rejected lines only, and a closing summary. Default: `all`. */
  readonly results?: 'all' | 'errors' | undefined;
}

export interface ChangeRecordOptions extends CallOptions {
  /** Refuse with `revision-mismatch` where the statement is at another revision. */
  readonly ifRevision?: number | undefined;
}

/** What was said. */
export interface Statements {
  /**
   * Records one statement. The same one sent again is the same: it is answered as a `duplicate`, and counts once, so it
   * is sent again by itself where a failure may pass.
   */
  record(statement: StatementInput, options?: RecordOneOptions): Promise<StatementWritten>;
  /**
   * Records many, and gives a result for each, in order; `line` counts from 1. They go out in batches of at most 1,000 or
   * 1 MiB, or what there is when the source pauses; the next is taken from the source when the results of the last were
   * read. A statement that the service rejects has a result that says so, and stops nothing. Where the connection breaks
   * off, or the service restarts, what has no result yet is sent again: it counts once, though its result may then say
   * `duplicate`.
   *
   * @throws ClientError where that does not help: what has a result is recorded, of the rest some may be
   */
  recordAll(
    statements: Iterable<StatementInput> | AsyncIterable<StatementInput>,
    options?: RecordOptions,
  ): AsyncGenerator<LineResult, void, undefined>;
  /**
   * Sends lines of NDJSON as they are, once, for who has them as bytes or makes up his own batches, and gives the lines of
   * the answer as they come. They end early where the connection is cut: then, and where a summary says `stopped`, send
   * the rest again.
   */
  sendLines(
    lines: string | Uint8Array<ArrayBuffer>,
    options?: SendLinesOptions,
  ): AsyncGenerator<LineResult | LinesSummary, void, undefined>;
  /** Corrects the record: never a change of mind. */
  correct(id: string, correction: CorrectionInput, options?: ChangeRecordOptions): Promise<StatementWritten>;
  /** Takes a statement out of the record. */
  retract(id: string, retraction: RetractionInput, options?: ChangeRecordOptions): Promise<StatementWritten>;
  /** With every version of it. */
  get(id: string, query?: StatementQuery, options?: CallOptions): Promise<StatementDetail>;
  /** In the order recorded; under a holder or a proposition, history by history. */
  list(query?: StatementsQuery, options?: CallOptions): Pages<StatementAnswer, StatementList>;
  /**
   * Statements, corrections and retractions in the order recorded, from the event `after` on (`0`: from the beginning;
   * without it: from now on). Goes on by itself as `changes.follow` does.
   *
   * @throws ClientError while it goes on, where the service refuses to
   */
  follow(query?: StatementStreamQuery, options?: FollowOptions): AsyncGenerator<StatementEvent, void, undefined>;
}

export const createStatements = (transport: Transport): Statements => {
  const change = (
    id: string,
    what: 'correction' | 'retraction',
    body: object,
    { ifRevision, ...options }: ChangeRecordOptions = {},
  ): Promise<StatementWritten> =>
    write(transport, {
      method: 'POST',
      path: path`/v1/statements/${id}/${what}`,
      body,
      headers: { 'if-match': ifRevision === undefined ? undefined : `"${ifRevision}"` },
      // The service knows the same one again, even if others came after it.
      idempotent: true,
      ...options,
    });

  return {
    record: async (body, { createMissing, idempotencyKey, ...options } = {}) =>
      write(transport, {
        method: 'POST',
        path: '/v1/statements',
        query: { createMissing },
        headers: { 'idempotency-key': idempotencyKey },
        body,
        idempotent: true,
        ...options,
      }),
    recordAll: (statements, options = {}) => recordAll(transport, statements, options),
    sendLines: (lines, options = {}) => sendLines(transport, lines, options),
    correct: async (id, correction, options) => change(id, 'correction', correction, options),
    retract: async (id, retraction, options) => change(id, 'retraction', retraction, options),
    get: async (id, query = {}, options) => read(transport, path`/v1/statements/${id}`, query, options),
    list: (query = {}, options) => listOf<StatementList>(transport, '/v1/statements', query, options),
    follow: (query = {}, options) =>
      follow<StatementEvent>({
        transport,
        path: '/v1/statements/stream',
        query,
        types: statementEventTypes,
        ...options,
      }),
  };
};
