// `npm run build:web`: makes the page that the query service gives out, packages/web/dist. Commands of the workspace that
// start a service do it by themselves where what it is made of has changed.
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { build } from 'vite';

import { pageConfig } from './page-config.ts';

const folder = resolve(import.meta.dirname, '../dist');
const own = String(process.pid);
const making = `${folder}-${own}`;
const before = `${folder}-${own}-before`;

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Puts what was made in its place. Where several are made at a time, each is whole, and the last one is there in the end. */
const putInPlace = async (): Promise<void> => {
  for (;;) {
    try {
      await rename(making, folder);
      return;
    } catch (error) {
      // There is one already, or again.
      if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
    }
    await rename(folder, before).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
    await rm(before, { recursive: true, force: true });
  }
};

try {
  await build(pageConfig(making));
  for (const path of await readdir(making, { recursive: true })) {
    if (!/\.(?:js|css|html)$/.test(path)) continue;
    const bytes = await readFile(join(making, path));
    await writeFile(join(making, `${path}.br`), brotliCompressSync(bytes));
    await writeFile(join(making, `${path}.gz`), gzipSync(bytes));
  }
  await putInPlace();
} finally {
  await rm(making, { recursive: true, force: true });
}
