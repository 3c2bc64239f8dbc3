/**
 * 500 statements a second through the processes of a cluster: how long until one is acknowledged, and from then until the
 * query service shows it; and what each process holds in memory meanwhile. EventStoreDB is its simulator.
 */
import { get, openConnection, post } from '../http/connection.ts';
import type { Connection } from '../http/connection.ts';
import { createLatencies } from '../http/latencies.ts';
import type { Latencies } from '../http/latencies.ts';
import { load, prepare } from '../http/load.ts';
import { evenly } from '../http/pace.ts';
import type { StatementLine } from '../http/statement-line.ts';
import { readArguments } from './arguments.ts';
import { watchResident } from './resident.ts';
import { services, startCluster } from './running.ts';

const statementsPerSecond = 500;
/** What a process does for the first time takes longer: it is not measured. */
const warmUpSeconds = 5;
/** One in so many statements is looked for once it is acknowledged. */
const lookedFor = 10;
/** So many votes are there before. */
const mostLoaded = 20_000;

const { rows, seconds, ...given } = readArguments();
const votes: StatementLine[] = [];
const bodies = await prepare({ ...given, shape: 'title', rows: Math.min(rows, mostLoaded) }, (vote) => {
  votes.push(vote);
});
/** Of statements sent, the warm-up's included: each has an id of its own. */
let written = 0;

const nextStatement = (n: number): string =>
  JSON.stringify({
    ...votes[(n * 7919) % votes.length],
    id: `later-${String(n)}`,
    act: 'assert',
    saidAt: '2021-01-01',
    quote: { exact: String(n), directness: 'direct' },
  });

interface Written {
  readonly statementId: string;
  readonly position: number;
}

const cluster = await startCluster(given);
const writing = cluster.services.ingestion.port;
const reading = cluster.services.query.port;
const loaded = await load(writing, bodies);

const read = async (position: number, path: string, reader: Connection) => {
  for (;;) {
    const { status, body } = await reader.request(get(`${path}minPosition=${String(position)}`));
    if (status === 200) return;
    // It waits for a bounded time.
    if (status !== 503) throw new Error(`${String(status)}: ${body}`);
  }
};
await read(loaded, '/v1/actors?limit=1&', await openConnection(reading));

const run = async (forSeconds: number): Promise<{ acknowledged: Latencies; visible: Latencies }> => {
  const acknowledged = createLatencies();
  const visible = createLatencies();
  await evenly({ perSecond: statementsPerSecond, seconds: forSeconds, workers: 128 }, async () => {
    const writer = await openConnection(writing);
    // A connection that asks nothing for long is closed: it is opened by who has something to ask.
    let reader: Connection | undefined;
    return async (_, due) => {
      const n = written++;
      const { status, body } = await writer.request(post('/v1/statements', nextStatement(n)));
      if (status !== 201) throw new Error(`${String(status)}: ${body}`);
      const now = performance.now();
      acknowledged.add(now - due);
      if (n % lookedFor !== 0) return;
      const { statementId, position } = JSON.parse(body) as Written;
      reader ??= await openConnection(reading);
      await read(position, `/v1/statements/${statementId}?`, reader);
      visible.add(performance.now() - now);
    };
  });
  return { acknowledged, visible };
};

await run(warmUpSeconds);
const watched = services.map((service) => [service, watchResident(cluster.services[service].pid)] as const);
const { acknowledged, visible } = await run(seconds);
for (const [, resident] of watched) resident.stop();
const both = (latencies: Latencies): Readonly<Record<string, number>> => ({
  p50: latencies.percentile(0.5),
  p99: latencies.percentile(0.99),
});
console.log(
  JSON.stringify({
    acknowledged: both(acknowledged),
    visible: both(visible),
    peakMemoryMb: Object.fromEntries(watched.map(([service, resident]) => [service, resident.peak()])),
    growthMb: Object.fromEntries(watched.map(([service, resident]) => [service, resident.growth()])),
  }),
);
// Connections that are kept alive would keep the process.
await cluster[Symbol.asyncDispose]();
process.exit(0);
