/** A process that holds a share of the streams: whoever is measured does not read. */
import { openCountingStream } from './counting-stream.ts';
import type { CountingStream } from './counting-stream.ts';
import type { FromReaders, ToReaders } from './messages.ts';

/** One of so many streams is read closely. */
const closely = 100;
/** How many are opened at a time. */
const atOnce = 50;

const streams: CountingStream[] = [];
const latencies: number[] = [];
const send = (message: FromReaders): void => void process.send?.(message);

process.on('message', (message: ToReaders) => {
  if (message.kind === 'report') {
    const ended = streams.filter((stream) => stream.ended()).length;
    send({ kind: 'report', events: streams.map((stream) => stream.events()), latencies, ended });
    return;
  }
  const { port, paths } = message;
  const open = async (): Promise<void> => {
    for (let first = 0; first < paths.length; first += atOnce) {
      const some = paths.slice(first, first + atOnce).map((path, index) => {
        const isClose = (first + index) % closely === 0;
        return openCountingStream(port, path, isClose ? (latency) => void latencies.push(latency) : undefined);
      });
      streams.push(...(await Promise.all(some)));
    }
    send({ kind: 'opened' });
  };
  void open();
});
