import { join } from 'node:path';

import { clusterPlan } from './cluster-plan.ts';
import type { ClusterServers } from './cluster-plan.ts';
import { depthPlan } from './depth-plan.ts';
import { pagePlan } from './page-plan.ts';
import type { Program } from './program.ts';
import { rebuildServing } from './serving-plan.ts';
import { streamsPlan } from './streams-plan.ts';

/** One line of the table. */
export interface Figure {
  readonly title: string;
  /** Where it stands in what the program says. */
  readonly path: string;
  readonly unit: 'a second' | 'ms' | 's' | 'MB' | 'events' | 'streams' | 'messages' | 'requests' | 'rows' | 'kB' | '%';
  /** Where the ceiling program says the same; the table then gives the ratio. */
  readonly ceiling?: string;
  readonly aim: string;
}

/** A program that is measured, beside a bare one that does the least that such work can take. */
export interface Bench {
  readonly name: string;
  /** Run once before, one after the other, measured by nobody. */
  readonly prepare?: readonly Program[];
  readonly program: Program;
  readonly ceiling?: Program;
  readonly figures: readonly Figure[];
}

export interface PlanOptions {
  readonly votes: string;
  /** How many votes the large benches take. */
  readonly rows: number;
  /** For files that several runs share. */
  readonly folder: string;
  /** For the benches whose names begin with `cluster`. */
  readonly servers: ClusterServers;
}

export const plan = (options: PlanOptions): readonly Bench[] => {
  const { votes, rows, folder } = options;
  const program = (file: string, ...args: string[]): Program => ({ file, args: ['--votes', votes, ...args] });
  const all = ['--rows', String(rows)];
  const bareAppend = program('event-store/ceiling-append.ts', ...all);
  const fewRows = Math.min(rows, 100_000);
  const events = (shape: string, count: number) => {
    const shaped = ['--shape', shape, '--rows', String(count)];
    const file = join(folder, `${shape}-${count}.db`);
    return {
      prepare: program('projection/events.ts', ...shaped, '--out', file),
      rebuild: program('projection/rebuild.ts', ...shaped, '--events', file),
      ceiling: program('projection/ceiling-rebuild.ts', ...shaped, '--events', file),
    };
  };
  const rebuild = (shape: string, count: number, title: string, aim: string, more: readonly Figure[] = []): Bench => {
    const { prepare, rebuild: measured, ceiling } = events(shape, count);
    const rate: Figure = { title, path: 'perSecond', unit: 'a second', ceiling: 'perSecond', aim };
    return {
      name: `rebuild-${shape}-${count}`,
      prepare: [prepare],
      program: measured,
      ceiling,
      figures: [rate, ...more],
    };
  };
  const memory: Figure = { title: '– memory', path: 'peakMemoryMb', unit: 'MB', aim: '< 400' };
  const n = (count: number): string => count.toLocaleString('en');

  return [
    rebuild('roll-call', rows, `rebuild, a proposition a roll call, ${n(rows)} events`, '≥ 0.5, aim 1.2', [memory]),
    rebuild('title', rows, `rebuild, a proposition a title, ${n(rows)} events`, '≥ 0.5, aim 1.2', [memory]),
    rebuild('roll-call', fewRows, `rebuild, a proposition a roll call, ${n(fewRows)} events`, 'as with all'),
    rebuild('one-key', fewRows, `rebuild, one history of ${n(fewRows)} statements in order`, 'half of the line above'),
    rebuild('one-key-reversed', fewRows, `rebuild, the same in reverse order`, ''),
    rebuild('one-day', fewRows, `rebuild, the same all said on one day`, ''),
    {
      name: 'append',
      program: program('event-store/append.ts', ...all),
      ceiling: bareAppend,
      figures: [
        {
          title: 'append through the event store, 1,000 a call',
          path: 'perSecond',
          unit: 'a second',
          ceiling: 'perSecond',
          aim: '',
        },
      ],
    },
    {
      name: 'import',
      program: program('http/import.ts', ...all),
      ceiling: bareAppend,
      figures: [
        {
          title: 'NDJSON import, acknowledged durable',
          path: 'perSecond',
          unit: 'a second',
          ceiling: 'perSecond',
          aim: '≥ 0.5, aim 0.8',
        },
        { title: 'NDJSON import, until all can be read', path: 'visiblePerSecond', unit: 'a second', aim: '' },
        { title: 'memory of the service during it', path: 'peakMemoryMb', unit: 'MB', aim: '' },
      ],
    },
    {
      name: 'post',
      program: program('http/post.ts', '--rows', String(Math.min(rows, 60_000))),
      figures: [
        { title: 'single durable POST, 64 at a time', path: 'perSecond', unit: 'a second', aim: '≥ 3,000, aim 8,000' },
        { title: '– p50', path: 'p50', unit: 'ms', aim: '' },
        { title: '– p99', path: 'p99', unit: 'ms', aim: '< 50' },
      ],
    },
    {
      name: 'query',
      program: program('http/query.ts', ...all, '--shape', 'title', '--seconds', '20'),
      figures: [
        ...['stance', 'history', 'changes', 'actors'].flatMap((query): Figure[] => [
          { title: `${query}, while 500 statements a second come in: p50`, path: `${query}.p50`, unit: 'ms', aim: '' },
          { title: '– p99', path: `${query}.p99`, unit: 'ms', aim: '< 10' },
        ]),
        { title: 'a POST then: p50', path: 'acknowledged.p50', unit: 'ms', aim: '' },
        { title: '– p99', path: 'acknowledged.p99', unit: 'ms', aim: '' },
        { title: 'from acknowledged to visible: p50', path: 'visible.p50', unit: 'ms', aim: '' },
        { title: '– p99', path: 'visible.p99', unit: 'ms', aim: '< 50' },
      ],
    },
    rebuildServing('rebuild-serving', 'in files, while 500 statements a second', program('http/rebuild.ts', ...all)),
    ...depthPlan(program),
    ...streamsPlan(program),
    ...pagePlan(program, rows),
    ...clusterPlan(options, program),
  ];
};
