/**
 * Many who follow the stream of changes on one embedded process, while changes come about at an even pace: whether all of
 * them get all, how soon, and what memory the service takes for it.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { openConnection, post } from '../http/connection.ts';
import { createLatencies } from '../http/latencies.ts';
import { evenly } from '../http/pace.ts';
import { withService } from '../http/service.ts';
import type { FromReaders, ToReaders } from './messages.ts';
import { holders, statement } from './statement.ts';

const { values: given } = parseArgs({
  options: {
    votes: { type: 'string' },
    folder: { type: 'string', default: '/tmp' },
    readers: { type: 'string', default: '2000' },
    processes: { type: 'string', default: '2' },
    'per-second': { type: 'string', default: '500' },
    seconds: { type: 'string', default: '480' },
    /** `all`: each is told every change; `holder`: each those of one holder. */
    follow: { type: 'string', default: 'all' },
  },
});
const readers = Number(given.readers);
const processes = Number(given.processes);
const perSecond = Number(given['per-second']);
const seconds = Number(given.seconds);
const warmUp = 1000;
/** Who has not got all by then, has lost it. */
const longestWaitMs = 120_000;

const pathOf = (reader: number): string =>
  given.follow === 'all' ? '/v1/changes/stream' : `/v1/changes/stream?holder=holder-${reader % holders}`;

const ask = async (child: ChildProcess, message: ToReaders): Promise<FromReaders> => {
  child.send(message);
  const [answer] = (await once(child, 'message')) as [FromReaders];
  return answer;
};

const gauge = async (port: number, name: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
};

/** How often it is looked what the heap holds, in milliseconds. */
const lookMs = 1000;

/** The least that the heap of the thread that serves held while something was done: what is left after a collection. */
const leastHeapMb = async (port: number, doing: Promise<void>): Promise<number> => {
  let isOver = false;
  const over = doing.finally(() => {
    isOver = true;
  });
  let least = Number.POSITIVE_INFINITY;
  while (!isOver) {
    least = Math.min(least, await gauge(port, 'nodejs_heap_size_used_bytes'));
    await Promise.race([over, pause(lookMs)]);
  }
  await over;
  return Math.round(least / 2 ** 20);
};

await withService(given.folder, async (service) => {
  const { port } = service;
  const record = (from: number, pace: { readonly perSecond: number; readonly seconds: number }): Promise<void> =>
    evenly({ ...pace, workers: 64 }, async () => {
      const connection = await openConnection(port);
      return async (n) => {
        const { status, body } = await connection.request(
          post('/v1/statements?createMissing=true', statement(from + n)),
        );
        if (status !== 201) throw new Error(`${status}: ${body}`);
      };
    });
  const published = async (count: number): Promise<void> => {
    while ((await gauge(port, 'stance_feed_position')) < count) await pause(100);
  };
  await record(0, { perSecond: warmUp, seconds: 1 });
  await published(warmUp);

  const file = resolve(import.meta.dirname, 'reader-process.ts');
  const children = Array.from({ length: processes }, () => fork(file));
  const shares = children.map((_, child) =>
    Array.from({ length: readers }, (__, reader) => reader)
      .filter((reader) => reader % processes === child)
      .map(pathOf),
  );
  try {
    await Promise.all(children.map((child, index) => ask(child, { kind: 'open', port, paths: shares[index] ?? [] })));
    const atStart = await service.memoryMb();
    const begun = performance.now();
    // The heaps of a young process grow for some minutes, whatever it does: what it keeps shows in the second half.
    const half = { perSecond, seconds: seconds / 2 };
    const heapAtFirst = await leastHeapMb(port, record(warmUp, half));
    const atHalf = await service.memoryMb();
    const heapAtLast = await leastHeapMb(port, record(warmUp + half.perSecond * half.seconds, half));
    await published(warmUp + perSecond * seconds);
    const took = (performance.now() - begun) / 1000;

    const each = given.follow === 'all' ? perSecond * seconds : (perSecond * seconds) / holders;
    const report = async () => {
      const all = await Promise.all(children.map((child) => ask(child, { kind: 'report' })));
      return all.flatMap((answer) => (answer.kind === 'report' ? [answer] : []));
    };
    const receivedBy = (reports: Awaited<ReturnType<typeof report>>): number =>
      reports.flatMap(({ events }) => events).reduce((sum, events) => sum + events, 0);
    let reports = await report();
    for (const until = performance.now() + longestWaitMs; performance.now() < until;) {
      if (receivedBy(reports) >= readers * each) break;
      await pause(100);
      reports = await report();
    }
    const latencies = createLatencies();
    for (const latency of reports.flatMap((all) => all.latencies)) latencies.add(latency);
    const received = receivedBy(reports);
    console.log(
      JSON.stringify({
        readers,
        changesPerSecond: Math.round((perSecond * seconds) / took),
        eventsPerSecond: Math.round(received / took),
        lost: readers * each - received,
        ended: reports.reduce((sum, { ended }) => sum + ended, 0),
        p50: latencies.percentile(0.5),
        p99: latencies.percentile(0.99),
        memoryMbAtStart: atStart,
        memoryMbAtHalf: atHalf,
        memoryMbAtEnd: await service.memoryMb(),
        heapMbAtFirst: heapAtFirst,
        heapMbAtLast: heapAtLast,
      }),
    );
  } finally {
    for (const child of children) child.kill();
  }
});
