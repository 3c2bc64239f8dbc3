import { openPostgresFeedStore } from '@stance/feed/postgres';
import { testPostgres } from '@stance/test-services';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { happenings, openPlay } from '../happenings.ts';
import type { Happening } from '../happenings.ts';
import { copyOfChanges, copyOfStatements } from './copy.ts';
import type { Copy } from './copy.ts';
import { eventually, openOwnNewsroom, sqliteFeeds } from './newsroom.ts';
import type { FeedPlace } from './newsroom.ts';

const rounds = process.env['CI'] === 'true' ? 300 : 12;
const postgres = await testPostgres();

const filters = [
  '',
  'holder=ann',
  'holder=bob',
  'holder=cem&proposition=tax',
  'proposition=war',
  'status=confirmed',
  'status=provisional,withdrawn',
  'kind=first',
  'kind=reversal,to-mixed&holder=cem',
  'from=2024-02-10&to=2024-02-20',
];
const statementFilters = ['', 'holder=ann', 'holder=bob', 'proposition=tax', 'holder=cem&proposition=war'];

/** What comes about in the record, and around it. */
interface Step {
  readonly happens: readonly Happening[];
  readonly move: 'nothing' | 'project' | 'publish' | 'renew';
  /** Which readers break off, or come back. */
  readonly toggled: readonly number[];
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    happens: happenings.map((all) => all.slice(0, 5)),
    move: fc.oneof(
      { weight: 5, arbitrary: fc.constant('publish' as const) },
      { weight: 2, arbitrary: fc.constantFrom('nothing' as const, 'project' as const) },
      { weight: 1, arbitrary: fc.constant('renew' as const) },
    ),
    toggled: fc.subarray([0, 1, 2, 3, 4, 5]),
  }),
  { minLength: 1, maxLength: 12 },
);

const chosen = (all: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.constantFrom(...all), { minLength: 3, maxLength: 3 });

const play = async (
  feeds: FeedPlace,
  all: readonly Step[],
  ofChanges: readonly string[],
  ofStatements: readonly string[],
): Promise<void> => {
  await using newsroom = await openOwnNewsroom({ feeds });
  const happen = await openPlay(newsroom);
  await newsroom.project();
  const changes = ofChanges.map((filter) => ({ filter, copy: copyOfChanges(newsroom.port, filter) }));
  const statements = ofStatements.map((filter) => ({ filter, copy: copyOfStatements(newsroom.port, filter) }));
  const copies: Copy<unknown>[] = [...changes, ...statements].map(({ copy }) => copy);

  for (const { happens, move, toggled } of all) {
    await happen(happens);
    if (move !== 'nothing') await newsroom.project(3);
    if (move === 'renew') await newsroom.renewFeed();
    if (move === 'publish') await newsroom.publish();
    newsroom.tell();
    for (const index of toggled) await copies[index]?.toggle();
  }

  await newsroom.project();
  await newsroom.publish();
  await Promise.all(copies.map((copy) => copy.connect()));
  await eventually(async () => {
    for (const { filter, copy } of changes) expect(copy.items, filter).toEqual(await newsroom.changes(filter));
    for (const { filter, copy } of statements) expect(copy.items, filter).toEqual(await newsroom.statements(filter));
  });
  expect(copies.flatMap(({ faults }) => faults)).toEqual([]);
  for (const copy of copies) copy.close();
};

describe('whatever happens, and however often readers break off, their copies are what the lists give', () => {
  test('with a feed in a file', async () => {
    await fc.assert(
      fc.asyncProperty(steps, chosen(filters), chosen(statementFilters), (all, ofChanges, ofStatements) =>
        play(sqliteFeeds(), all, ofChanges, ofStatements),
      ),
      { numRuns: rounds },
    );
  }, 600_000);

  test.skipIf(postgres.missing !== null)(
    `with a feed in PostgreSQL${postgres.note}`,
    async () => {
      const feeds = (): FeedPlace => {
        const schemas: ReturnType<typeof postgres.schema>[] = [];
        return {
          open: () => {
            const own = postgres.schema();
            schemas.push(own);
            return openPostgresFeedStore({ url: own.url, schema: own.schema });
          },
          dispose: async () => {
            for (const { drop } of schemas) await drop();
          },
        };
      };
      await fc.assert(
        fc.asyncProperty(steps, chosen(filters), chosen(statementFilters), (all, ofChanges, ofStatements) =>
          play(feeds(), all, ofChanges, ofStatements),
        ),
        { numRuns: Math.ceil(rounds / 4) },
      );
    },
    600_000,
  );
});
