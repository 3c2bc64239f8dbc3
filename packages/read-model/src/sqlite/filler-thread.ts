import { parentPort, workerData } from 'node:worker_threads';

import { ReadModelError } from '../errors.ts';
import { batchOf } from './filler-messages.ts';
import type { FromFiller, ToFiller } from './filler-messages.ts';
import { openSqliteReadModelFiller } from './filler.ts';
import type { SqliteReadModelWriterOptions } from './writer.ts';

// Whoever starts the thread hands over exactly this.
const filler = openSqliteReadModelFiller(workerData as SqliteReadModelWriterOptions);

const answer = async (message: ToFiller): Promise<unknown> =>
  message.kind === 'commit'
    ? filler.commit(batchOf(message.batch))
    : Reflect.apply(filler[message.name], filler, [message.argument]);

const handle = async (message: ToFiller): Promise<FromFiller> => {
  try {
    return { kind: 'done', result: await answer(message) };
  } catch (error) {
    const known = error instanceof ReadModelError;
    return {
      kind: 'failed',
      code: known ? error.code : null,
      message: error instanceof Error ? error.message : String(error),
      retryable: known && error.retryable,
    };
  }
};

let last = Promise.resolve();
parentPort?.on('message', (message: ToFiller) => {
  last = last.then(async () => {
    parentPort?.postMessage(await handle(message));
    const ends = message.kind === 'call' && (message.name === 'close' || message.name === 'finish');
    if (ends) parentPort?.close();
  });
});
