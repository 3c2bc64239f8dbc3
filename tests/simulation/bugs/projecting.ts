import type { TableName, TableRows, WriteBatch } from '@stance/read-model';

import type { Bug } from './bug.ts';

const noRows = { remove: {}, update: [], insert: {}, add: {}, put: {} };

/** What would be inserted takes the place of what is there. */
const replacing = ({ insert, put }: WriteBatch): TableRows => {
  const rows: { [Table in TableName]?: TableRows[Table] } = { ...insert };
  for (const [name, more] of Object.entries(put)) {
    // The keys of TableRows are names of tables.
    const table = name as TableName;
    rows[table] = [...(rows[table] ?? []), ...more];
  }
  return rows;
};

export const projectingBugs: readonly Bug[] = [
  {
    what: 'moves the checkpoint before it writes the rows',
    parts: {
      readModel: (writer) => ({
        ...writer,
        async commit(batch) {
          await writer.commit({ ...batch, ...noRows });
          await writer.commit({ ...batch, after: batch.position });
        },
      }),
    },
  },
  {
    what: 'writes without comparing the checkpoint',
    parts: {
      readModel: (writer) => ({
        ...writer,
        async commit(batch) {
          const { position } = await writer.checkpoint();
          await writer.commit({ ...batch, after: position, insert: {}, put: replacing(batch) });
        },
      }),
    },
  },
  {
    what: 'does not fold anew what points at a history that changed',
    parts: { readModel: (writer) => ({ ...writer, pointers: () => Promise.resolve([]) }) },
  },
  {
    what: 'does not know of merges that another projector has handled',
    parts: { readModel: (writer) => ({ ...writer, merges: () => Promise.resolve([]) }) },
  },
];
