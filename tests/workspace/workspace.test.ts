import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const echo = 'tests/workspace/echo.ts';

const start = (...args: readonly string[]) =>
  spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });

describe('scripts/workspace.cjs', () => {
  test('passes arguments on, runs the Node.js of the workspace and ends as the program ends', async () => {
    const child = start('scripts/workspace.cjs', echo, '--json', 'two words', '$HOME');
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(JSON.parse(output)).toEqual({
      arguments: ['--json', 'two words', '$HOME'],
      flags: [],
      node: expect.stringMatching(/^24\./),
    });
    expect(code).toBe(3);
  });

  test('gives the flags before the program to Node.js', async () => {
    const child = start('scripts/workspace.cjs', '--stack-trace-limit=7', echo, '--json');
    const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(JSON.parse(output)).toMatchObject({ arguments: ['--json'], flags: ['--stack-trace-limit=7'] });
  });

  test('lets the program end by itself when told to stop', async () => {
    const child = start('scripts/workspace.cjs', echo, 'wait');
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([4, null]);
  });

  test.skipIf(process.platform === 'win32')(
    'stops the program when the shell that npm put between is gone',
    async () => {
      const child = spawn('sh', ['-c', `"${process.execPath}" scripts/workspace.cjs ${echo} wait; true`], {
        cwd: root,
        env: { ...process.env, npm_lifecycle_event: 'start' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      child.kill('SIGTERM');
      // Whoever still runs holds this end open.
      await expect(once(child.stdout, 'close')).resolves.toBeDefined();
    },
  );

  test('says what an old Node.js is to be replaced by', async () => {
    const old =
      "Object.defineProperty(process.versions, 'node', { value: '18.20.8' }); require('./scripts/workspace.cjs')";
    const child = start('--eval', old);
    const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(errors).toContain('needs Node.js 20 or newer, and this is 18.20.8');
    expect(code).toBe(1);
  });
});
