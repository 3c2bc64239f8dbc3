// `npm run docs [-- PAGE...]`: writes the pages of docs/reference that are made from the code, then does what the other
// pages (or those named) tell their readers to do, and writes into them what that printed.
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { stepsOf } from './console/blocks.ts';
import { createReader, startsService } from './console/reader.ts';
import { rewritten } from './console/rewritten.ts';
import { pages } from './reference/pages.ts';

const root = resolve(import.meta.dirname, '../..');
for (const [name, page] of Object.entries(pages)) await writeFile(resolve(root, 'docs/reference', name), await page());

const named = process.argv.slice(2);
for (const name of named.length > 0 ? named : globSync(['README.md', 'docs/**/*.md'], { cwd: root })) {
  const file = resolve(root, name);
  const page = await readFile(file, 'utf8');
  const steps = stepsOf(page);
  if (steps.length === 0) continue;

  const reader = await createReader();
  try {
    if (!steps.some(({ command }) => startsService(command))) await reader.run('npm start');
    await writeFile(file, await rewritten(page, reader));
  } catch (error) {
    process.stderr.write(`${name}, ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await reader.leave();
  }
}
