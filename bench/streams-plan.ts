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
    { title: '– after four minutes', path: 'memoryMbAtHalf', unit: 'MB', aim: '' },
    { title: '– at the end', path: 'memoryMbAtEnd', unit: 'MB', aim: 'as after four minutes' },
    {
      title: '– what the heap that serves is left with, in the first half',
      path: 'heapMbAtFirst',
      unit: 'MB',
      aim: '',
    },
    { title: '– in the second half', path: 'heapMbAtLast', unit: 'MB', aim: 'as in the first' },
  ],
});

const webhooks = (name: string, program: Bench['program'], ceiling: Bench['program'], what: string): Bench => ({
  name,
  program,
  ceiling,
  figures: [
    { title: what, path: 'perSecond', unit: 'a second', ceiling: 'perSecond', aim: '' },
    { title: '– messages that came twice', path: 'twice', unit: 'messages', aim: '0' },
    { title: '– memory of the service', path: 'memoryMb', unit: 'MB', aim: '' },
  ],
});

/** Who follows along, and who is told. */
export const streamsPlan = (program: (file: string, ...args: string[]) => Program): readonly Bench[] => [
  readers(
    'sse-readers',
    program('streams/sse-readers.ts'),
    'changes for eight minutes, each told to all of 2,000 who follow the stream',
  ),
  readers(
    'sse-readers-of-holders',
    program('streams/sse-readers.ts', '--follow', 'holder'),
    'the same, each told to the two who follow its holder',
  ),
  webhooks(
    'webhooks',
    program('streams/webhooks.ts'),
    program('streams/ceiling-webhooks.ts'),
    '10,000 changes told to one webhook, one message after the other',
  ),
  webhooks(
    'webhooks-of-ten',
    program('streams/webhooks.ts', '--endpoints', '10'),
    program('streams/ceiling-webhooks.ts', '--endpoints', '10'),
    'the same, told to ten webhooks',
  ),
];
