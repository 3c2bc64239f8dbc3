import type { Bench } from './plan.ts';
import type { Program } from './program.ts';

const readers = (name: string, program: Program, what: string): Bench => ({
  name,
  program,
  figures: [
    { title: what, path: 'changesPerSecond', unit: 'a second', aim: '500' },
    { title: '– events received by all of them', path: 'eventsPerSecond', unit: 'a second', aim: '' },
    { title: '– events lost', path: 'lost', unit: 'events', aim: '0' },
    { title: '– streams that ended', path: 'ended', unit: 'streams', aim: '0' },
    { title: '– from published to received: p50', path: 'p50', unit: 'ms', aim: '' },
    { title: '– p99', path: 'p99', unit: 'ms', aim: '' },
    { title: '– memory of the service at the start', path: 'memoryMbAtStart', unit: 'MB', aim: '' },
    { title: '– after two minutes', path: 'memoryMbAtHalf', unit: 'MB', aim: '' },
    { title: '– at the end', path: 'memoryMbAtEnd', unit: 'MB', aim: 'as after two minutes' },
  ],
});

/** Who follows along. */
export const streamsPlan = (program: (file: string, ...args: string[]) => Program): readonly Bench[] => [
  readers(
    'sse-readers',
    program('streams/sse-readers.ts'),
    'changes for four minutes, each told to all of 2,000 who follow the stream',
  ),
  readers(
    'sse-readers-of-holders',
    program('streams/sse-readers.ts', '--follow', 'holder'),
    'the same, each told to the two who follow its holder',
  ),
];
