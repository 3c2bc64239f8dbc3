import { join } from 'node:path';

import type { Bench, Figure, PlanOptions } from './plan.ts';
import type { Program } from './program.ts';
import { rebuildServing } from './serving-plan.ts';

/** Where the servers are that the programs of `cluster/` run against. */
export interface ClusterServers {
  readonly postgres: string;
  /** `host:port` */
  readonly kafka: string;
}

const services = ['ingestion', 'relay', 'projector', 'query'];

/** The services of a cluster, over a real Kafka and a real PostgreSQL. */
export const clusterPlan = (
  { rows, folder, servers }: PlanOptions,
  program: (file: string, ...args: string[]) => Program,
): readonly Bench[] => {
  const file = join(folder, `roll-call-${String(rows)}.db`);
  const prefix = `roll-call-${String(rows)}.`;
  const shared = ['--events', file, '--kafka', servers.kafka, '--postgres', servers.postgres, '--prefix', prefix];
  const rowsToTake = ['--rows', String(rows)];
  const makeEvents = program('projection/events.ts', '--shape', 'roll-call', ...rowsToTake, '--out', file);
  const rate = (title: string, aim: string): Figure => ({
    title,
    path: 'perSecond',
    unit: 'a second',
    ceiling: 'perSecond',
    aim,
  });
  const memory = (title: string): Figure => ({ title, path: 'peakMemoryMb', unit: 'MB', aim: '' });
  const cpu = (title: string): Figure => ({ title, path: 'cpuSeconds', unit: 's', ceiling: 'cpuSeconds', aim: '' });
  return [
    {
      name: 'cluster-project',
      prepare: [makeEvents, program('cluster/fill-topic.ts', ...shared)],
      program: program('cluster/project.ts', ...shared),
      ceiling: program('cluster/ceiling-project.ts', ...shared),
      figures: [
        rate(`cluster: Kafka to PostgreSQL, ${rows.toLocaleString('en')} events`, '≥ 0.5, aim 0.8'),
        cpu('– processor time of the projection'),
        memory('– its memory'),
      ],
    },
    {
      name: 'cluster-relay',
      prepare: [makeEvents],
      program: program('cluster/relay.ts', ...shared),
      ceiling: program('cluster/ceiling-relay.ts', ...shared),
      figures: [
        rate('cluster: relay from a file to Kafka, with all headers', '≥ 0.6'),
        cpu('– processor time of the relay'),
        memory('– its memory'),
      ],
    },
    rebuildServing(
      'cluster-rebuild-serving',
      'in PostgreSQL, while 100 statements a second',
      program('http/rebuild.ts', ...rowsToTake, '--postgres', servers.postgres, '--load', '0.2'),
    ),
    {
      name: 'cluster-end-to-end',
      prepare: [],
      program: program('cluster/end-to-end.ts', ...rowsToTake, ...shared, '--seconds', '60'),
      figures: [
        {
          title: 'cluster: a POST, while 500 statements a second come in: p50',
          path: 'acknowledged.p50',
          unit: 'ms',
          aim: '',
        },
        { title: '– p99', path: 'acknowledged.p99', unit: 'ms', aim: '' },
        { title: '– from acknowledged to visible in a query: p50', path: 'visible.p50', unit: 'ms', aim: '' },
        { title: '– p99', path: 'visible.p99', unit: 'ms', aim: '< 250, aim 100' },
        ...services.flatMap((service): Figure[] => [
          { title: `– memory of ${service}`, path: `peakMemoryMb.${service}`, unit: 'MB', aim: '' },
          { title: '– – how much it grew in the last 20 s', path: `growthMb.${service}`, unit: 'MB', aim: 'flat' },
        ]),
      ],
    },
  ];
};
