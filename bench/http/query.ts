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
const queriesPerSecond = 25;
/** One in so many statements is looked for once it is acknowledged. */
const lookedFor = 10;
/** One in so many votes is asked about. */
const sampled = 797;

const given = readArguments();
const samples: StatementLine[] = [];
let seen = 0;
let lastLoaded: StatementLine | undefined;
const bodies = await prepare(given, (statement) => {
  lastLoaded = statement;
  if (seen++ % sampled === 0) samples.push(statement);
});
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

/** The feed follows the read model: loaded is what it has published too. */
const published = async (connection: Connection): Promise<void> => {
  for (;;) {
    const { body } = await connection.request(
      get(`/v1/changes?holder=${lastLoaded?.holder}&proposition=${lastLoaded?.proposition}`),
    );
    const { items } = JSON.parse(body) as { readonly items: readonly { readonly detectedAt: string | null }[] };
    if (items.every(({ detectedAt }) => detectedAt !== null)) return;
    await pause(250);
  }
};

await withService(given.folder, async (service) => {
  await service.passed(await load(service.port, bodies));
  const open = async (): Promise<Connection> => openConnection(service.port);
  await published(await open());

  const acknowledged = createLatencies();
  const visible = createLatencies();
  const write = async (writer: Connection, reader: Connection, n: number, due: number): Promise<void> => {
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

  const measured = new Map(Object.keys(queries).map((name) => [name, createLatencies()]));
  await Promise.all([
    evenly({ perSecond: statementsPerSecond, seconds: given.seconds, workers: 64 }, async () => {
      const [writer, reader] = await Promise.all([open(), open()]);
      return (n, due) => write(writer, reader, n, due);
    }),
    ...Object.entries(queries).map(([name, path]) =>
      evenly({ perSecond: queriesPerSecond, seconds: given.seconds, workers: 2 }, async () => {
        const connection = await open();
        return (n, due) => ask(connection, path(n), due, measured.get(name) ?? createLatencies());
      }),
    ),
  ]);

  const both = (latencies: Latencies): Readonly<Record<string, number>> => ({
    p50: latencies.percentile(0.5),
    p99: latencies.percentile(0.99),
  });
  console.log(
    JSON.stringify({
      rows: given.rows,
      ...Object.fromEntries([...measured].map(([name, latencies]) => [name, both(latencies)])),
      acknowledged: both(acknowledged),
      visible: both(visible),
      peakMemoryMb: await service.peakMemoryMb(),
    }),
  );
});
