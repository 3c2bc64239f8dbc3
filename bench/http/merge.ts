/**
 * Two actors of very many statements are merged, and unmerged: until that can be read, and who reads meanwhile. Then the
 * long histories are asked for in turns as they were at ever other positions, which folds each of them anew.
 */
import { parseArgs } from 'node:util';

import { dayNo, openCaller, slowestWhile, submitAll, timed } from './depth.ts';
import type { GivenStatement } from './depth.ts';
import { withService } from './service.ts';

const { values } = parseArgs({
  options: {
    votes: { type: 'string' },
    rows: { type: 'string', default: '50000' },
    folder: { type: 'string', default: '/tmp' },
    shape: { type: 'string', default: 'one-key' },
  },
});
const rows = Number(values.rows);
if (values.shape !== 'one-key' && values.shape !== 'keys') throw new Error('--shape is one-key or keys');
const proposition = (n: number): string => (values.shape === 'keys' ? `p${String(n)}` : 'p0');

const statements = ['one', 'two'].flatMap((holder, index) =>
  Array.from({ length: rows }, (_, n): GivenStatement => ({
    id: `${holder}${String(n)}`,
    holder,
    proposition: proposition(n),
    direction: n % 3 === index ? 'oppose' : 'support',
    saidAt: dayNo(n * 2 + index),
  })),
);

await withService(values.folder, async (service) => {
  const recorded = await submitAll(service, [
    ...statements,
    { id: 'other', holder: 'other', proposition: 'p0', saidAt: '2000-01-01' },
  ]);
  const caller = await openCaller(service);
  const paths = { other: 'holder=other', one: 'holder=one', two: 'holder=two' };
  const slowest = { other: 0, one: 0, two: 0 };
  const measure = async (path: string, body: unknown): Promise<number> => {
    const done = timed(async () => service.passed(await caller.post(path, body)));
    await Promise.all(
      Object.entries(paths).map(async ([who, holder]) => {
        const asked = `/v1/stances?${holder}&proposition=p0`;
        slowest[who as keyof typeof slowest] = Math.max(
          slowest[who as keyof typeof slowest],
          await slowestWhile(service, asked, done),
        );
      }),
    );
    return done;
  };
  const mergedMs = await measure('/v1/actors/one/merge', { into: 'two' });
  const readMs = await caller.read('/v1/stances?holder=one&proposition=p0');
  const unmergedMs = await measure('/v1/actors/one/unmerge', {});
  const foldedAnew = 3;
  let slowestTurnMs = 0;
  const turns = timed(async () => {
    for (let back = 1; back <= foldedAnew; back += 1) {
      const reads = ['one', 'two'].map(async (holder) => {
        const asking = await openCaller(service);
        const path = `/v1/stances?holder=${holder}&proposition=p0&knownAt=${String(recorded - back)}`;
        slowestTurnMs = Math.max(slowestTurnMs, await asking.read(path));
        asking.close();
      });
      await Promise.all(reads);
    }
  });
  const otherMeanwhileMs = await slowestWhile(service, '/v1/stances?holder=other&proposition=p0', turns);
  await turns;
  caller.close();
  console.log(
    JSON.stringify({
      rows,
      mergedMs,
      unmergedMs,
      readMs,
      slowestOtherMs: slowest.other,
      slowestOwnMs: Math.max(slowest.one, slowest.two),
      slowestTurnMs,
      otherMeanwhileMs,
      peakMemoryMb: await service.peakMemoryMb(),
    }),
  );
});
