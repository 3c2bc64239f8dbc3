import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';

import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type * as published from '../src/index.ts';
import { startService } from './support/service.ts';

const own = resolve(import.meta.dirname, '..');

const run = async (...args: readonly string[]): Promise<string> => {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return code === 0 ? '' : `${out}${errors}` || 'it failed without a word';
};

/** What browsers have, as far as the client uses it; Node.js has these too, and here nothing else. */
const web = {
  AbortController,
  AbortSignal,
  Headers,
  TextDecoder,
  URL,
  URLSearchParams,
  clearTimeout,
  fetch,
  setTimeout,
};

const consumer = `import { createClient, ClientError, type ChangeEvent } from '@stance/client';

const client = createClient({ baseUrl: 'https://example.org' });
export const kinds = async (): Promise<('first' | 'reversal' | 'softening' | string)[]> => {
  const found: string[] = [];
  for await (const change of client.changes.list({ status: ['confirmed'], limit: 10 })) found.push(change.kind);
  return found;
};
export const told = (event: ChangeEvent): string | undefined =>
  event.type === 'StanceChangeRemoved' ? event.replacedBy : undefined;
export const code = (error: unknown): string => (error instanceof ClientError ? error.code : 'unknown');
// @ts-expect-error a number is asked for
client.changes.list({ limit: 'many' });
// @ts-expect-error there is no such direction
void client.statements.record({ holder: 'a', proposition: 'b', direction: 'sideways' });
`;

describe('what is published of the client', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-client-published-'));
    const complaint = await run(join(own, 'build/run.ts'), join(folder, 'package'));
    if (complaint !== '') throw new Error(complaint);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is one small module', async () => {
    const bytes = await readFile(join(folder, 'package/index.js'));
    const minified = await build({
      input: join(folder, 'package/index.js'),
      write: false,
      output: { format: 'esm', minify: true },
    });
    const shown = (size: number): string => `${(size / 1024).toFixed(1)} KB`;
    const small = Buffer.from(minified.output[0].code);
    const packed = gzipSync(small).length;
    process.stdout.write(
      `the client's module: ${shown(bytes.length)}; minified ${shown(small.length)}, and compressed ${shown(packed)}\n`,
    );
    expect(bytes.toString()).not.toMatch(/\bfrom ["']|\bimport\(|\brequire\(|\bzod\b/);
    expect(small.length).toBeLessThan(24 * 1024);
    expect(packed).toBeLessThan(8 * 1024);
  });

  test('runs where there is nothing but what browsers have', { timeout: 60_000 }, async () => {
    const script = await build({
      input: join(folder, 'package/index.js'),
      write: false,
      output: { format: 'iife', name: 'stance' },
    });
    const context = vm.createContext({ ...web });
    vm.runInContext(script.output[0].code, context);
    const { createClient, ClientError } = vm.runInContext('stance', context) as typeof published;
    const service = await startService();
    try {
      const client = createClient({ baseUrl: service.url });
      const said = { holder: 'ann', proposition: 'tax', direction: 'support', saidAt: '2024-01-01' } as const;
      const { position } = await client.statements.record(said, { createMissing: true });
      for await (const { outcome } of client.statements.recordAll([said])) expect(outcome).toBe('duplicate');
      await client.whenPassed(position);
      const { items } = await client.stances.list({ holder: 'ann' }).page();
      expect(items).toMatchObject([{ proposition: 'tax' }]);
      await expect(client.actors.get('nobody')).rejects.toBeInstanceOf(ClientError);
      for await (const event of client.changes.follow({ after: '0' })) {
        // Where the feed has nothing yet, it says so first.
        if (event.type === 'position') continue;
        expect(event).toMatchObject({ type: 'StanceChangeDetected', change: { holder: 'ann' } });
        break;
      }
    } finally {
      await service.remove();
    }
  });

  test('has types that need neither zod nor anything of the workspace', { timeout: 60_000 }, async () => {
    const project = join(folder, 'project');
    await mkdir(join(project, 'node_modules/@stance'), { recursive: true });
    await symlink(join(folder, 'package'), join(project, 'node_modules/@stance/client'));
    await writeFile(join(project, 'index.ts'), consumer);
    const compilerOptions = {
      lib: ['es2024', 'dom', 'esnext.disposable'],
      module: 'nodenext',
      target: 'es2024',
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      types: [],
    };
    await writeFile(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['index.ts'] }));
    const compiler = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
    expect(await run(join(compiler, 'bin/tsc'), '--project', project)).toBe('');
  });

  test('holds all that it names', async () => {
    const { exports } = JSON.parse(await readFile(join(folder, 'package/package.json'), 'utf8')) as {
      exports: { '.': Record<string, string> };
    };
    for (const file of Object.values(exports['.'])) await stat(join(folder, 'package', file));
    expect(await readdir(join(folder, 'package'))).toEqual(
      expect.arrayContaining(['LICENSE', 'LICENSE-eventsource-parser', 'README.md']),
    );
  });
});
