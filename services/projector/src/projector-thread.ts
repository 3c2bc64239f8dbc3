import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';

import { createCommands } from './commands.ts';
import { faultOf } from './messages.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './messages.ts';
import { project } from './project.ts';
import { createWakeUp } from './wake-up.ts';

const send = (message: FromWorker): void => {
  parentPort?.postMessage(message);
};

// The projector hands over exactly this.
const options = workerData as WorkerOptions;

// Where all processors are busy, those who record and answer go first, and the projection catches up after them; behind a
// broker it is a process of its own, which others are not slower for. On Linux alone: there a priority is the calling
// thread's, elsewhere it would be the whole process's.
if (process.platform === 'linux' && options.broker === null) setPriority(10);

const wakeUp = createWakeUp();
const stopping = new AbortController();
const commands = createCommands(send);

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') stopping.abort();
  if (message.kind === 'command') commands.receive(message);
  wakeUp.ring();
});

try {
  await project(options, { send, wakeUp, commands, stopping: stopping.signal });
} catch (error) {
  send({ kind: 'failed', fault: faultOf(error) });
} finally {
  // Nothing is left that would keep the thread: it ends by itself, all databases closed.
  parentPort?.close();
}
