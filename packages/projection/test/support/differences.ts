import { compareReadModels } from '@stance/projection';
import { openSqliteTableRows } from '@stance/read-model/sqlite';

/** The first rows in which two read models differ, by table. */
export const differences = async (live: string, rebuilt: string): Promise<unknown[]> => {
  const left = openSqliteTableRows({ path: live });
  const right = openSqliteTableRows({ path: rebuilt });
  try {
    const compared = await compareReadModels(left, right);
    return compared.flatMap(({ table, firstDifference }) =>
      firstDifference === null ? [] : [{ table, firstDifference }],
    );
  } finally {
    await left.close();
    await right.close();
  }
};
