/** Single statements, each durable before its 201, over 64 connections. */
import { readArguments } from './arguments.ts';
import { openConnection, post } from './connection.ts';
import type { Connection } from './connection.ts';
import { createLatencies } from './latencies.ts';
import { withService } from './service.ts';
import { statementLine } from './statement-line.ts';
import { readVotes } from '../votes.ts';

const concurrency = 64;
const warmUpShare = 0.1;

const given = readArguments();
const requests: string[] = [];
for await (const vote of readVotes(given.votes, given.rows)) {
  requests.push(post('/v1/statements?createMissing=true', JSON.stringify(statementLine(vote, given.shape))));
}

await withService(given.folder, async (service) => {
  const connections = await Promise.all(Array.from({ length: concurrency }, () => openConnection(service.port)));
  const warmUp = Math.floor(requests.length * warmUpShare);
  const latencies = createLatencies();
  const rest = requests.values();
  const send = async (connection: Connection, count: () => boolean, measured: boolean): Promise<void> => {
    while (count()) {
      const next = rest.next();
      if (next.done === true) return;
      const sent = performance.now();
      const { status, body } = await connection.request(next.value);
      if (status !== 201) throw new Error(`${status}: ${body}`);
      if (measured) latencies.add(performance.now() - sent);
    }
  };

  let left = warmUp;
  await Promise.all(connections.map((connection) => send(connection, () => left-- > 0, false)));
  const start = performance.now();
  await Promise.all(connections.map((connection) => send(connection, () => true, true)));
  const seconds = (performance.now() - start) / 1000;
  for (const connection of connections) connection.close();
  console.log(
    JSON.stringify({
      rows: latencies.count(),
      seconds,
      perSecond: Math.round(latencies.count() / seconds),
      p50: latencies.percentile(0.5),
      p99: latencies.percentile(0.99),
      peakMemoryMb: await service.peakMemoryMb(),
    }),
  );
});
