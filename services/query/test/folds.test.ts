import { defaultMethod } from '@stance/domain';
import type { HistoryRow, ReadModel } from '@stance/read-model';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';

import { createFolds } from '../src/folds.ts';
import { createTurns } from '../src/turns.ts';
import { openDesk } from './desk.ts';

const statements = 1200;

/** Folds of a long history and of a short one, of turns that are over after every piece. */
const openFolds = async () => {
  const desk = await openDesk();
  await desk.proposition('tax');
  for (const holder of ['long', 'short']) await desk.actor(holder);
  for (let n = 0; n < statements; n += 1) {
    const saidAt = new Date(Date.UTC(2000, 0, n)).toISOString().slice(0, 10);
    await desk.state(`s${String(n)}`, { holder: 'long', proposition: 'tax', saidAt });
  }
  await desk.state('only', { holder: 'short', proposition: 'tax' });
  const knownAt = await desk.project();
  const page = { holder: null, proposition: null, knownAt, after: null, limit: 2 };
  const [long, short] = (await desk.readModel.read((snapshot) => snapshot.histories(page))) as [HistoryRow, HistoryRow];

  const seen = { rounds: 0, pages: 0 };
  const eachRound: (() => void)[] = [];
  const readModel: Pick<ReadModel, 'read'> = {
    read: (work) =>
      desk.readModel.read((snapshot) =>
        work({
          ...snapshot,
          historyStatements: (asked) => {
            seen.pages += 1;
            return snapshot.historyStatements(asked);
          },
        }),
      ),
  };
  let now = 0;
  const turns = createTurns({
    clock: () => (now += 1000),
    round: () => {
      seen.rounds += 1;
      for (const call of eachRound) call();
      return new Promise((done) => void setImmediate(done));
    },
  });
  const folds = createFolds({
    readModel: readModel as ReadModel,
    method: defaultMethod,
    logger: pino({ level: 'silent' }),
    turns,
    keptStatements: 10 * statements,
  });
  return { folds, long, short, knownAt, seen, eachRound };
};

describe('a very long history', () => {
  it('lets others have their turn while it is folded', async () => {
    const { folds, long, short, knownAt, seen, eachRound } = await openFolds();
    const answered: string[] = [];
    const ask = async (row: HistoryRow, name: string): Promise<void> => {
      expect((await folds.of([row], knownAt)).get(row.history)?.placed.length).toBeGreaterThan(0);
      answered.push(`${name} in round ${String(seen.rounds)}`);
    };
    const asked: Promise<void>[] = [];
    eachRound.push(() => {
      if (seen.rounds === 5) asked.push(ask(short, 'short'));
    });
    await ask(long, 'long');
    await Promise.all(asked);
    expect(answered[0]).toBe('short in round 5');
    expect(answered[1]).toMatch(/^long in round \d\d/);
  });

  it('is folded once for all who ask for it meanwhile, and for those who ask later', async () => {
    const { folds, long, knownAt, seen } = await openFolds();
    const both = await Promise.all([folds.of([long], knownAt), folds.of([long], knownAt)]);
    const { pages } = seen;
    const later = await folds.of([long], knownAt);
    expect(pages).toBe(Math.ceil((statements + 1) / 500));
    expect(seen.pages).toBe(pages);
    const [first, ...others] = [...both, later].map((found) => found.get(long.history));
    expect(first?.placed).toHaveLength(statements);
    for (const other of others) expect(other).toBe(first);
  });

  it('is no longer folded once all who asked for it are gone, and is where one of them is not', async () => {
    const { folds, long, knownAt, seen, eachRound } = await openFolds();
    const leaving = [new AbortController(), new AbortController()];
    eachRound.push(() => {
      if (seen.rounds === 3) leaving[0]?.abort(new Error('left'));
      if (seen.rounds === 6) leaving[1]?.abort(new Error('left last'));
    });
    const asked = leaving.map(({ signal }) => folds.of([long], knownAt, { signal }));
    const answers = await Promise.allSettled(asked);
    expect(answers).toMatchObject([{ reason: { message: 'left last' } }, { reason: { message: 'left last' } }]);
    expect(seen.rounds).toBe(6);

    seen.rounds = 0;
    leaving.splice(0, 2, new AbortController());
    const gone = folds.of([long], knownAt, leaving[0] === undefined ? {} : { signal: leaving[0].signal });
    const stays = folds.of([long], knownAt);
    expect((await stays).get(long.history)?.placed).toHaveLength(statements);
    await gone;
    expect(leaving[0]?.signal.aborted).toBe(true);
  });
});
