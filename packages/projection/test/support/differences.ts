import { compareReadModels } from '@stance/projection';
import { openSqliteTableRows } from '@stance/read-model/sqlite';

/** The first rows in which two read models differ, by table, but for some tables. */
export const differences = async (
  live: string,
  rebuilt: string,
  ignored: readonly string[] = [],
): Promise<unknown[]> => {
  const left = openSqliteTableRows({ path: live });
  const right = openSqliteTableRows({ path: rebuilt });
  try {
    const compared = await compareReadModels(left, right);
    return compared.flatMap(({ table, firstDifference }) =>
      firstDifference === null || ignored.includes(table) ? [] : [{ table, firstDifference }],
    );
  } finally {
    await left.close();
    await right.close();
  }
};
