import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';

import { defaultMethod } from '@stance/domain';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { createPublisher } from '@stance/feed';
import { openSqliteFeedStore } from '@stance/feed/sqlite';
import { createProjection } from '@stance/projection';
import { openSqliteChangeSetReader, openSqliteReadModelWriter } from '@stance/read-model/sqlite';

import { createBoundPublisher } from './bound-publisher.ts';
import { follow } from './follow.ts';
import { faultOf } from './messages.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './messages.ts';
import { createWakeUp } from './wake-up.ts';

const send = (message: FromWorker): void => {
  parentPort?.postMessage(message);
};

// Where all processors are busy, those who record and answer go first, and the projection catches up after them. On Linux
// alone: there a priority is the calling thread's, elsewhere it would be the whole process's.
if (process.platform === 'linux') setPriority(10);

const wakeUp = createWakeUp();
const stopping = new AbortController();

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') stopping.abort();
  wakeUp.ring();
});

const project = async ({ eventStorePath, readModelPath, feedPath }: WorkerOptions): Promise<void> => {
  await using opened = new AsyncDisposableStack();
  const closed = <Closable extends { close(): Promise<void> }>(closable: Closable): Closable =>
    opened.adopt(closable, (each) => each.close());
  const source = closed(await openSqliteEventLogReader({ path: eventStorePath }));
  const writer = closed(openSqliteReadModelWriter({ path: readModelPath, method: defaultMethod }));
  const changes = closed(openSqliteChangeSetReader({ path: readModelPath }));
  const feed = closed(openSqliteFeedStore({ path: feedPath }));
  const projection = await createProjection({ source, writer, method: defaultMethod });
  const publisher = await createBoundPublisher({ source, feed, publisher: createPublisher({ changes, feed }) });
  const { recordedAt } = await writer.checkpoint();
  send({
    kind: 'ready',
    progress: {
      position: projection.position(),
      recordedAt,
      head: await source.head(),
      parkedStreams: projection.parkedStreams(),
      feedHead: await feed.head(),
      feedPosition: 0,
      caughtUp: false,
    },
  });
  await follow({
    head: () => source.head(),
    projection,
    publisher,
    wakeUp,
    stopping: stopping.signal,
    onProgress: (progress) => {
      send({ kind: 'progress', progress });
    },
    onRetry: (fault, delay) => {
      send({ kind: 'retrying', fault, delay });
    },
  });
};

try {
  // The projector hands over exactly this.
  await project(workerData as WorkerOptions);
} catch (error) {
  send({ kind: 'failed', fault: faultOf(error) });
} finally {
  // Nothing is left that would keep the thread: it ends by itself, all databases closed.
  parentPort?.close();
}
