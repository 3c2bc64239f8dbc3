import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { expect, vi } from 'vitest';

import { freePort } from '../../support/free-port.ts';
import type { SavedFile } from './blocks.ts';
import { curl } from './curl.ts';
import { wordsOf } from './words.ts';

const root = resolve(import.meta.dirname, '../../..');
const shownPort = '4000';

/** Somebody who does what a page says, in an empty folder, beside a service of their own. */
export interface Reader {
  /** What the command prints on both its outputs. */
  run(command: string): Promise<string>;
  save(file: SavedFile): Promise<void>;
  /** Stops the service and removes the folder. */
  leave(): Promise<void>;
}

export const createReader = async (): Promise<Reader> => {
  const folder = await mkdtemp(join(tmpdir(), 'stance-docs-'));
  const port = String(await freePort());
  const env = { ...process.env, STANCE_PORT: port, STANCE_LOG_LEVEL: 'info', NO_COLOR: '1', COLUMNS: '120' };
  let service: ChildProcess | undefined;

  const start = (file: string, args: readonly string[]): ChildProcess =>
    spawn(process.execPath, [join(root, file), ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });

  const outputOf = async (child: ChildProcess): Promise<string> => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    await once(child, 'close');
    return output;
  };

  /** What the service prints until it says that it is ready. */
  const startService = async (): Promise<string> => {
    service = start('services/standalone/src/main.ts', []);
    let output = '';
    service.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    service.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    await vi.waitFor(async () => expect(await fetch(`http://127.0.0.1:${port}/readyz`)).toMatchObject({ ok: true }), {
      timeout: 20_000,
    });
    return output;
  };

  const print = async (command: string): Promise<string> => {
    const [program, ...args] = wordsOf(command.replaceAll(`:${shownPort}`, `:${port}`));
    if (program === 'npm' && args[0] === 'start') return startService();
    if (program === 'npm' && args.slice(0, 4).join(' ') === 'run -s stance --')
      return outputOf(start('services/cli/src/main.ts', args.slice(4)));
    if (program === 'stance') return outputOf(start('services/cli/src/main.ts', args));
    if (program === 'curl') return curl(args, folder);
    throw new Error(`a page asks for a command that its test does not know: ${command}`);
  };

  return {
    run: async (command) => (await print(command)).replaceAll(`:${port}`, `:${shownPort}`),
    save: async ({ file, text }) => {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    },
    leave: async () => {
      if (service !== undefined && service.exitCode === null) {
        service.kill('SIGTERM');
        await once(service, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
};
