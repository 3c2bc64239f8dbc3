/** Propositions with very many relations among them: recording those, and what implied stances cost. */
import { parseArgs } from 'node:util';

import { openCaller, submitAll, timed } from './depth.ts';
import type { Caller, GivenStatement } from './depth.ts';
import { createLatencies } from './latencies.ts';
import { withService } from './service.ts';

const { values } = parseArgs({
  options: {
    votes: { type: 'string' },
    rows: { type: 'string', default: '10000' },
    folder: { type: 'string', default: '/tmp' },
    shape: { type: 'string', default: 'chain' },
  },
});
const rows = Number(values.rows);
const atOnce = 16;

/** Which propositions the n-th relation is between: the first entails the second. */
const between = (n: number): readonly [number, number] => {
  switch (values.shape) {
    case 'chain':
      return [n, n + 1];
    case 'star':
      return [n + 1, 0];
    case 'random': {
      // Upwards, so that nothing entails itself in a circle.
      const from = (n * 7919) % (rows / 2);
      return [from, from + 1 + ((n * 104_729) % (rows / 2 - from))];
    }
    default:
      throw new Error('--shape is chain, star or random');
  }
};

const name = (n: number): string => `p${String(n)}`;
const relations = Array.from({ length: rows }, (_, n) => between(n));
const last = relations.reduce((most, [, to]) => Math.max(most, to), 0);
const propositions = Math.max(...relations.flat()) + 1;
const target = values.shape === 'star' ? 0 : last;

/** One a proposition, so that all are there to be related; every hundredth is the holder's who is asked about. */
const statements = Array.from({ length: propositions }, (_, n): GivenStatement => ({
  id: `s${String(n)}`,
  holder: n % 100 === 0 ? 'ann' : 'bob',
  proposition: name(n),
  saidAt: '2020-01-01',
}));

await withService(values.folder, async (service) => {
  await submitAll(service, [
    ...statements,
    { id: 'own', holder: 'ann', proposition: name(target), saidAt: '2020-01-01' },
  ]);
  const rest = relations.values();
  let position = 0;
  const record = async (caller: Caller): Promise<void> => {
    for (const [from, to] of rest) {
      const relation = { type: 'entails', to: name(to) };
      position = Math.max(position, await caller.post(`/v1/propositions/${name(from)}/relations`, relation));
    }
    caller.close();
  };
  const callers = await Promise.all(Array.from({ length: atOnce }, () => openCaller(service)));
  const milliseconds = await timed(() => Promise.all(callers.map(record)));
  await service.passed(position);

  const caller = await openCaller(service);
  const stance = createLatencies();
  const list = createLatencies();
  for (let round = 0; round < 5; round += 1) {
    stance.add(await caller.read(`/v1/stances?holder=ann&proposition=${name(target)}`));
    list.add(await caller.read('/v1/stances?limit=100'));
  }
  caller.close();
  console.log(
    JSON.stringify({
      rows,
      perSecond: Math.round((rows / milliseconds) * 1000),
      stanceMs: stance.percentile(0.5),
      slowestStanceMs: stance.percentile(0.99),
      listMs: list.percentile(0.5),
      slowestListMs: list.percentile(0.99),
      peakMemoryMb: await service.peakMemoryMb(),
    }),
  );
});
