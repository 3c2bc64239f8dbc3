import { defaultMethod } from '@stance/domain';
import { createProjection } from '@stance/projection';
import type { ProjectedLog } from '@stance/projection';
import { openSqliteReadModelWriter } from '@stance/read-model/sqlite';

/** Projects all of a log into the read model at a path, in batches of these sizes by turns. */
export const project = async (source: ProjectedLog, path: string, sizes: readonly number[] = [100]): Promise<void> => {
  const writer = openSqliteReadModelWriter({ path, method: defaultMethod });
  const projection = await createProjection({ source, writer, method: defaultMethod });
  for (let turn = 0; ; turn += 1) {
    const { more } = await projection.applyNext(sizes[turn % sizes.length] ?? 1);
    if (!more) break;
  }
  await writer.close();
};
