import { tables } from '@stance/read-model';
import type { TableName } from '@stance/read-model';
import { openSqliteTableRows } from '@stance/read-model/sqlite';

// What the checkpoint says of the generation is another in every file.
const compared = (Object.keys(tables) as TableName[]).filter((name) => name !== 'checkpoint');

/** The rows of all tables of a read model that are the same wherever the same log is projected. */
export const tableRows = async (path: string): Promise<Record<string, string[]>> => {
  const reader = openSqliteTableRows({ path });
  const rows: Record<string, string[]> = {};
  for (const name of compared) {
    const list: string[] = [];
    for await (const row of reader.rows(name)) list.push(row);
    rows[name] = list;
  }
  await reader.close();
  return rows;
};
