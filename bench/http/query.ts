/**
 * Queries over the loaded votes while 500 statements a second come in, each measured from the moment it was due; and how
 * long after its acknowledgement a statement can be read.
 */
import { setTimeout as pause } from 'node:timers/promises';

import { readArguments } from './arguments.ts';
import { get, openConnection, post } from './connection.ts';
import type { Connection } from './connection.ts';
import { createLatencies } from './latencies.ts';
import type { Latencies } from './latencies.ts';
import { load, prepare } from './load.ts';
import { evenly } from './pace.ts';
import { withService } from './service.ts';
import type { StatementLine } from './statement-line.ts';

const statementsPerSecond = 500;
/** Of each of the four, one after the other. */
const queriesPerSecond = 25;
/** What a process does for the first time takes longer: it is not measured. */
const warmUpSeconds = 3;
/** One in so many statements is looked for once it is acknowledged. */
const lookedFor = 10;
/** One in so many votes is asked about. */
const sampled = 797;

const given = readArguments();
const samples: StatementLine[] = [];
let seen = 0;
const bodies = await prepare(given, (statement) => {
  if (seen++ % sampled === 0) samples.push(statement);
});
/** Of statements sent, the warm-up's included: each has an id of its own. */
let written = 0;

const sample = (n: number): StatementLine => {
  const one = samples[(n * 7919) % samples.length];
  if (one === undefined) throw new Error('there are no votes to ask about');
  return one;
};

const queries: Readonly<Record<string, (n: number) => string>> = {
  stance: (n) => `/v1/stances?holder=${sample(n).holder}&proposition=${sample(n).proposition}`,
  history: (n) => `/v1/histories/${sample(n).holder}/${sample(n).proposition}`,
  changes: (n) => `/v1/changes?holder=${sample(n).holder}&limit=50`,
  actors: (n) => `/v1/actors?limit=100&q=${sample(n).holder.slice(0, 3)}`,
};

interface Measured {
  readonly acknowledged: Latencies;
  readonly visible: Latencies;
  readonly asked: ReadonlyMap<string, Latencies>;
}

interface Written {
  readonly statementId: string;
  readonly position: number;
}

const nextStatement = (n: number): string => {
  const { id: _id, ...vote } = sample(n);
  return JSON.stringify({
    ...vote,
    id: `later-${n}`,
    act: 'assert',
    saidAt: '2021-01-01',
    quote: { exact: `${n}`, directness: 'direct' },
  });
};

interface Projections {
  readonly items: readonly { readonly published: number }[];
}

/** The feed follows the read model: loaded is what it has published too. */
const published = async (connection: Connection, position: number): Promise<void> => {
  for (;;) {
    const { body } = await connection.request(get('/v1/projections'));
    const { items } = JSON.parse(body) as Projections;
    if (items.every((projection) => projection.published >= position)) return;
    await pause(250);
  }
};

await withService(given.folder, async (service) => {
  const loaded = await load(service.port, bodies);
  await service.passed(loaded);
  const open = async (): Promise<Connection> => openConnection(service.port);
  await published(await open(), loaded);

  const write = async (writer: Connection, reader: Connection, due: number, { acknowledged, visible }: Measured) => {
    const n = written++;
    const { status, body } = await writer.request(post('/v1/statements', nextStatement(n)));
    if (status !== 201) throw new Error(`${status}: ${body}`);
    const now = performance.now();
    acknowledged.add(now - due);
    if (n % lookedFor !== 0) return;
    const { statementId, position } = JSON.parse(body) as Written;
    const read = await reader.request(get(`/v1/statements/${statementId}?minPosition=${position}`));
    if (read.status !== 200) throw new Error(`${read.status}: ${read.body}`);
    visible.add(performance.now() - now);
  };
  const ask = async (connection: Connection, path: string, due: number, latencies: Latencies): Promise<void> => {
    const { status, body } = await connection.request(get(path));
    if (status !== 200) throw new Error(`${status} ${path}: ${body}`);
    latencies.add(performance.now() - due);
  };

  const run = async (seconds: number): Promise<Measured> => {
    const measured = {
      acknowledged: createLatencies(),
      visible: createLatencies(),
      asked: new Map(Object.keys(queries).map((name) => [name, createLatencies()])),
    };
    await Promise.all([
      evenly({ perSecond: statementsPerSecond, seconds, workers: 64 }, async () => {
        const [writer, reader] = await Promise.all([open(), open()]);
        return (_, due) => write(writer, reader, due, measured);
      }),
      ...Object.entries(queries).map(([name, path], index, { length }) =>
        evenly(
          { perSecond: queriesPerSecond, seconds, after: (index * 1000) / queriesPerSecond / length, workers: 2 },
          async () => {
            const connection = await open();
            return (n, due) => ask(connection, path(n), due, measured.asked.get(name) ?? createLatencies());
          },
        ),
      ),
    ]);
    return measured;
  };

  await run(warmUpSeconds);
  const { acknowledged, visible, asked } = await run(given.seconds);
  const both = (latencies: Latencies): Readonly<Record<string, number>> => ({
    p50: latencies.percentile(0.5),
    p99: latencies.percentile(0.99),
  });
  console.log(
    JSON.stringify({
      rows: given.rows,
      ...Object.fromEntries([...asked].map(([name, latencies]) => [name, both(latencies)])),
      acknowledged: both(acknowledged),
      visible: both(visible),
      peakMemoryMb: await service.peakMemoryMb(),
    }),
  );
});
