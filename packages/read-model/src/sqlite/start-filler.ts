import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

import { ReadModelError } from '../errors.ts';
import { createAbsence } from './absence.ts';
import { flatBatch } from './filler-messages.ts';
import type { FillerCall, FromFiller, ToFiller } from './filler-messages.ts';
import type { ReadModelFiller } from './filler.ts';
import type { SqliteReadModelWriterOptions } from './writer.ts';

/** So many batches may be on their way, so that the thread always has one and memory holds few. */
const batchesUnderWay = 3;
/** The thread only passes rows on; without a bound its garbage would take more memory than anything else. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 12 };

/**
 * A filler that writes in a thread of its own, beside the caller, who goes on as soon as a batch is handed in. A batch
 * that fails is told at the next call.
 */
export const startSqliteReadModelFiller = (options: SqliteReadModelWriterOptions): ReadModelFiller => {
  // What was written before is not remembered here: all is looked up then.
  const isNew = !existsSync(options.path);
  // The extension is that of this file: `.ts` as developed, `.js` as built.
  const worker = new Worker(new URL(`./filler-thread${extname(import.meta.url)}`, import.meta.url), {
    workerData: options,
    resourceLimits,
  });
  const waiting: PromiseWithResolvers<unknown>[] = [];
  let failure: Error | null = null;
  let ended = false;

  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  const errorOf = (answer: Extract<FromFiller, { kind: 'failed' }>): Error =>
    answer.code === null
      ? new Error(answer.message)
      : new ReadModelError(answer.code, answer.message, { retryable: answer.retryable });

  worker.on('message', (answer: FromFiller) => {
    const first = waiting.shift();
    if (answer.kind === 'done') first?.resolve(answer.result);
    else first?.reject(errorOf(answer));
  });
  worker.on('error', fail);
  worker.on('exit', () => {
    ended = true;
    fail(new ReadModelError('read-model-closed', `${options.path} was closed`));
  });

  const send = (message: ToFiller): Promise<unknown> => {
    if (failure !== null) return Promise.reject(failure);
    const answer = Promise.withResolvers<unknown>();
    waiting.push(answer);
    worker.postMessage(message);
    return answer.promise;
  };
  /** The thread answers what the filler's own method of this name does. */
  const call = <Name extends FillerCall>(name: Name, argument?: unknown): ReturnType<ReadModelFiller[Name]> =>
    send({ kind: 'call', name, argument }) as ReturnType<ReadModelFiller[Name]>;
  const lookups = {
    actors: (ids: readonly string[]) => call('actors', ids),
    propositions: (ids: readonly string[]) => call('propositions', ids),
    statements: (ids: readonly string[]) => call('statements', ids),
    replaced: (ids: readonly string[]) => call('replaced', ids),
    histories: (keys: readonly number[]) => call('histories', keys),
  };
  const absence = isNew ? createAbsence(lookups) : { ...lookups, note: () => undefined };
  let underWay: Promise<unknown>[] = [];

  return {
    ...absence,
    checkpoint: () => call('checkpoint'),
    lastEvent: () => call('lastEvent'),
    numbers: () => call('numbers'),
    parkedStreams: () => call('parkedStreams'),
    parkedEvents: (stream) => call('parkedEvents', stream),
    skips: () => call('skips'),
    appliedRevision: (stream) => call('appliedRevision', stream),
    merges: () => call('merges'),
    mergeSpans: () => call('mergeSpans'),
    memberships: (actors) => call('memberships', actors),
    topics: (ids) => call('topics', ids),
    statementSpans: (ids) => call('statementSpans', ids),
    beginnings: (actors) => call('beginnings', actors),
    historiesOf: (actors) => call('historiesOf', actors),
    historiesAbout: (proposition) => call('historiesAbout', proposition),
    historyNames: (keys) => call('historyNames', keys),
    spokenIn: (actors) => call('spokenIn', actors),
    pointers: () => call('pointers'),
    disowners: () => call('disowners'),
    disownings: (actors) => call('disownings', actors),
    knownNames: (actor) => call('knownNames', actor),
    knownVersions: (history) => call('knownVersions', history),
    changes: (history) => call('changes', history),
    unfolded: () => call('unfolded'),
    async commit(batch) {
      absence.note(batch);
      const written = send({ kind: 'commit', batch: flatBatch(batch) });
      // Told at the next call, for this one is over by then.
      written.catch(fail);
      underWay.push(written);
      if (underWay.length < batchesUnderWay) return;
      const [first, ...rest] = underWay;
      underWay = rest;
      await first;
    },
    index: () => call('index'),
    finish: () => call('finish'),
    async close() {
      if (ended) return;
      if (failure === null) await call('close');
      else await worker.terminate();
    },
  };
};
