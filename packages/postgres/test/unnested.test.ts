import { openConnections, unnested } from '@stance/postgres';
import { testPostgres } from '@stance/test-services';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';

const postgres = await testPostgres();

const rows = unnested([
  { name: 'no', type: 'integer' },
  { name: 'words', type: 'text' },
]);

// Half a surrogate pair is no character: contracts refuse it, and UTF-8 has no bytes for it.
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('NULL', 'null', '{}', '","', '\\', '"', '', ' '));

describe.skipIf(postgres.missing !== null)(`rows as one parameter a column${postgres.note}`, () => {
  it('arrive as they are, but for NUL, which PostgreSQL keeps in no text', async () => {
    const { url, schema } = postgres.schema();
    const connections = openConnections({ url, schema, name: 'test', most: 1, statementTimeout: 10_000 });
    onTestFinished(() => connections.close());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.option(fc.maxSafeInteger()), fc.option(text)), { maxLength: 20 }),
        async (given) => {
          const found = await connections.use((connection) =>
            connection.query<{ no: number | null; words: string | null }>(
              `SELECT no, words FROM ${rows.from('given')}`,
              rows.values(given),
            ),
          );
          expect(found.rows).toEqual(
            given.map(([no, words]) => ({
              no,
              words: words?.replaceAll('\0', '\u{FFFD}') ?? null,
            })),
          );
        },
      ),
    );
  });
});
