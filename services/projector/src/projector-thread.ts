import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';

import { faultOf } from './messages.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './messages.ts';
import { project } from './project.ts';
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

try {
  // The projector hands over exactly this.
  await project(workerData as WorkerOptions, { send, wakeUp, stopping: stopping.signal });
} catch (error) {
  send({ kind: 'failed', fault: faultOf(error) });
} finally {
  // Nothing is left that would keep the thread: it ends by itself, all databases closed.
  parentPort?.close();
}
