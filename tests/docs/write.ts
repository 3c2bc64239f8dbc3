// `npm run docs [-- PAGE...]`: writes the pages of docs/reference that are made from the code, then does what the other
// pages (or those named) tell their readers to do, and writes into them what that printed.
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { pattern, settled } from './console/alike.ts';
import { stepsOf } from './console/blocks.ts';
import { createReader, startsService } from './console/reader.ts';
import { pages } from './reference/pages.ts';

const root = resolve(import.meta.dirname, '../..');
for (const [name, page] of Object.entries(pages)) await writeFile(resolve(root, 'docs/reference', name), await page());

const named = process.argv.slice(2);
for (const name of named.length > 0 ? named : globSync(['README.md', 'docs/**/*.md'], { cwd: root })) {
  const file = resolve(root, name);
  const lines = (await readFile(file, 'utf8')).split('\n');
  const steps = stepsOf(lines.join('\n'));
  if (steps.length === 0) continue;

  const reader = await createReader();
  if (!steps.some(({ command }) => startsService(command))) await reader.run('npm start');
  let moved = 0;
  for (const { saves, command, output, line } of steps) {
    for (const save of saves) await reader.save(save);
    const printed = (await reader.run(command)).trimEnd();
    if (pattern(output).test(settled(printed))) continue;
    const from = line - 1 + command.split('\n').length + moved;
    const before = output === '' ? 0 : output.split('\n').length;
    const after = printed === '' ? [] : printed.split('\n');
    lines.splice(from, before, ...after);
    moved += after.length - before;
  }
  await reader.leave();
  await writeFile(file, lines.join('\n'));
}
