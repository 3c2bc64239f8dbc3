import { rmSync } from 'node:fs';

const named = (path: string, what: string): string =>
  path.replace(/(\.[^./\\]+)?$/, (extension) => `.${what}${extension}`);

/** Where the catalogue of the versions of a read model is. */
export const catalogueFile = (path: string): string => named(path, 'versions');

/** Where a version of a read model is: the first one at the path itself, the others beside it. */
export const versionFile = (path: string, version: number): string =>
  version === 1 ? path : named(path, `v${String(version)}`);

/** Removes the rows of a version. Who has the file open reads on. */
export const removeVersionFile = (path: string, version: number): void => {
  const file = versionFile(path, version);
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
};
