import { execFile } from 'node:child_process';
import { glob, readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Paths of sources by what of them the pattern matches in any. */
const sourcesOf = async (pattern: string): Promise<string[]> => {
  const paths: string[] = [];
  for await (const path of glob(pattern, { cwd: root })) paths.push(path);
  return paths;
};

test('what is built has every program, and every thread that one starts', async () => {
  const build = await readFile(resolve(root, 'scripts/build.ts'), 'utf8');
  const programs = await sourcesOf('services/*/src/main.ts');
  const sources = await sourcesOf('{packages,services}/*/src/**/*.ts');
  const started = await Promise.all(
    sources.map(async (path) =>
      (await readFile(resolve(root, path), 'utf8')).match(/(?<=new URL\(`\.\/)[\w-]+(?=\$\{)/g),
    ),
  );
  const threads = started.flatMap((names) => names ?? []);
  expect(threads).toContain('projector-thread');
  const entries = sources.filter((path) => threads.includes(basename(path, '.ts')));
  expect(entries).toHaveLength(new Set(threads).size);
  const missing = [...programs, ...entries].filter((path) => !build.includes(`'${path}'`));
  expect(missing).toEqual([]);
});

test('the page is the same whoever builds it, and names no file of the machine', async () => {
  const builder = resolve(root, 'packages/web/build/run.ts');
  await promisify(execFile)(process.execPath, [builder], { env: { ...process.env, NODE_ENV: 'test' } });
  const scripts = await sourcesOf('packages/web/dist/assets/*.js');
  expect(scripts).toHaveLength(1);
  const script = await readFile(resolve(root, scripts[0] ?? ''), 'utf8');
  expect(script).not.toContain(root);
  expect(script).not.toContain('lineNumber');
});
