import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own, gone when the block that uses it ends. */
export const temporaryFolder = (): Disposable & { readonly path: (name: string) => string } => {
  const folder = mkdtempSync(join(tmpdir(), 'stance-projection-'));
  return {
    path: (name) => join(folder, name),
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
