import { openConnections } from '@stance/postgres';
import { testPostgres } from '@stance/test-services';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';

const postgres = await testPostgres();

// Half a surrogate pair is no character: contracts refuse it, and UTF-8 has no bytes for it.
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\\N', '\\.', '\\', '\\n', '\n', '\r\n', '\t', '', ' '),
);

const open = () => {
  const { url, schema } = postgres.schema();
  const connections = openConnections({ url, schema, name: 'test', most: 1, statementTimeout: 10_000 });
  onTestFinished(() => connections.close());
  return connections;
};

describe.skipIf(postgres.missing !== null)(`rows that are copied${postgres.note}`, () => {
  it('arrive as they are, but for NUL, which PostgreSQL keeps in no text', async () => {
    const connections = open();
    await connections.use((connection) => connection.query('CREATE TEMPORARY TABLE given (no bigint, words text)'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.option(fc.maxSafeInteger()), fc.option(text)), { maxLength: 20 }),
        async (given) => {
          const found = await connections.use(async (connection) => {
            await connection.query('TRUNCATE given');
            await connection.copy([{ text: 'COPY given (no, words) FROM STDIN', rows: given }]);
            return connection.query<{ no: number | null; words: string | null }>('SELECT no, words FROM given');
          });
          expect(found.rows).toEqual(
            given.map(([no, words]) => ({ no, words: words?.replaceAll('\0', '\u{FFFD}') ?? null })),
          );
        },
      ),
    );
  });

  it('arrive in order, however many', async () => {
    const numbers = Array.from({ length: 5000 }, (_, index) => index);
    const found = await open().use(async (connection) => {
      await connection.query('CREATE TEMPORARY TABLE given (no bigint)');
      await connection.copy([{ text: 'COPY given (no) FROM STDIN', rows: numbers.map((no) => [no]) }]);
      return connection.query<{ no: number }>('SELECT no FROM given');
    });
    expect(found.rows.map(({ no }) => no)).toEqual(numbers);
  });

  it('come into several tables in the order given, or into none', async () => {
    const connections = open();
    await connections.use((connection) =>
      connection.query(
        'CREATE TEMPORARY TABLE parent (no bigint PRIMARY KEY); CREATE TEMPORARY TABLE child (no bigint REFERENCES parent)',
      ),
    );
    const copy = (parents: readonly number[], children: readonly number[]) =>
      connections.use((connection) =>
        connection.copy([
          { text: 'COPY parent (no) FROM STDIN', rows: parents.map((no) => [no]) },
          { text: 'COPY child (no) FROM STDIN', rows: children.map((no) => [no]) },
        ]),
      );
    await copy([1, 2], [2, 1]);
    const many = Array.from({ length: 50_000 }, (_, index) => index);
    // What comes behind the table that is refused is on its way by then.
    await expect(copy([3, 1], many)).rejects.toMatchObject({ code: '23505' });
    await expect(copy([4], [3])).rejects.toMatchObject({ code: '23503' });
    const { rows } = await connections.use((connection) =>
      connection.query(
        'SELECT array_agg(parent.no ORDER BY parent.no) AS parents, count(child.no) AS children FROM parent JOIN child USING (no)',
      ),
    );
    expect(rows).toEqual([{ parents: ['1', '2'], children: 2 }]);
  });

  it('are refused where one of them is, and the connection goes on', async () => {
    const connections = open();
    await connections.use((connection) => connection.query('CREATE TEMPORARY TABLE given (no bigint PRIMARY KEY)'));
    const copy = (rows: readonly (readonly number[])[]) =>
      connections.use((connection) => connection.copy([{ text: 'COPY given (no) FROM STDIN', rows }]));
    await expect(copy([[1], [2], [1]])).rejects.toMatchObject({ code: '23505' });
    const nowhere = [{ text: 'COPY nothing FROM STDIN', rows: [[1]] }];
    await expect(connections.use((connection) => connection.copy(nowhere))).rejects.toMatchObject({ code: '42P01' });
    await copy([[1], [2]]);
    const { rows } = await connections.use((connection) => connection.query('SELECT no FROM given ORDER BY no'));
    expect(rows).toEqual([{ no: 1 }, { no: 2 }]);
  });
});
