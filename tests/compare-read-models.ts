/**
 * Compares two read models row by row, by natural keys, wherever each of them is:
 *
 *     npm run compare -- data/read-model.db 'postgres://user:password@host/stance#stance_read_model'
 *
 * Ends with 0 where nothing differs, 1 where something does.
 */
import { compareReadModels } from '@stance/projection';
import type { TableRowsReader } from '@stance/read-model';
import { openPostgresTableRows } from '@stance/read-model/postgres';
import { openSqliteTableRows } from '@stance/read-model/sqlite';

/** A file, or a URL of PostgreSQL with the schema behind `#`. */
const openRows = async (place: string): Promise<TableRowsReader> => {
  if (!/^postgres(?:ql)?:/.test(place)) return openSqliteTableRows({ path: place });
  const [url = '', schema] = place.split('#');
  return openPostgresTableRows({ url, ...(schema === undefined ? {} : { schema }) });
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const [first, second, ...more] = process.argv.slice(2);
if (first === undefined || second === undefined || more.length > 0) {
  throw new Error('name two read models: each a file, or postgres://user:password@host/database#schema');
}
await using opened = new AsyncDisposableStack();
const open = async (place: string) => opened.adopt(await openRows(place), (rows) => rows.close());
const one = await open(first);
const other = await open(second);
const positions = [one.checkpoint.position, other.checkpoint.position];
const tables = await compareReadModels(one, other);
for (const { table, live, rebuilt, firstDifference } of tables) {
  say(`${table.padEnd(24)}${String(live.rows).padStart(12)}${String(rebuilt.rows).padStart(12)}`);
  if (firstDifference === null) continue;
  say(`  DIFFERENT, first: ${firstDifference.live ?? 'no row'}`);
  say(`             other: ${firstDifference.rebuilt ?? 'no row'}`);
}
const differ = tables.filter(({ firstDifference }) => firstDifference !== null).length;
say(`${String(differ)} of ${String(tables.length)} tables differ, at positions ${positions.join(' and ')}`);
process.exitCode = differ === 0 ? 0 : 1;
