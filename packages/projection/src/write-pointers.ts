import type { Batch } from './batch.ts';

/** Writes what points somewhere since the batch, and takes away what does no more. */
export const writePointers = ({ pointers, rows }: Batch): void => {
  for (const [position, pointer] of pointers) {
    if (pointer === null) rows.remove('pointers', [position]);
    else rows.insert('pointers', [position, pointer.history, pointer.target, pointer.saidTo]);
  }
};
