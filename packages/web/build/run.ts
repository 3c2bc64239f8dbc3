// `npm run build:web`: makes the page that the query service gives out, packages/web/dist. Commands of the workspace that
// start a service do it by themselves where what it is made of has changed.
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { build } from 'vite';

import { pageConfig } from './page-config.ts';

const folder = resolve(import.meta.dirname, '../dist');
/** Where several make it at a time, the last one is there in the end, whole. */
const making = `${folder}-${process.pid}`;

await build(pageConfig(making));
for (const path of await readdir(making, { recursive: true })) {
  if (!/\.(?:js|css|html)$/.test(path)) continue;
  const bytes = await readFile(join(making, path));
  await writeFile(join(making, `${path}.br`), brotliCompressSync(bytes));
  await writeFile(join(making, `${path}.gz`), gzipSync(bytes));
}
await rm(folder, { recursive: true, force: true });
await rename(making, folder);
