import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Where the system has a folder in memory, thousands of rounds need not wait for a disk.
const inMemory = '/dev/shm';
const parent = existsSync(inMemory) ? inMemory : tmpdir();

/** A folder of its own, gone when the block that uses it ends. */
export const temporaryFolder = (): Disposable & { readonly path: (name: string) => string } => {
  const folder = mkdtempSync(join(parent, 'stance-projection-'));
  return {
    path: (name) => join(folder, name),
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
