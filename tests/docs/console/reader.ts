import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

import type { SavedFile } from './blocks.ts';
import { curl } from './curl.ts';
import type { Printed } from './curl.ts';
import { wordsOf } from './words.ts';

const root = resolve(import.meta.dirname, '../../..');
const shownPort = '4000';

/** Somebody who does what a page says, in an empty folder, beside a service of their own. */
export interface Reader {
  run(command: string): Promise<Printed>;
  save(file: SavedFile): Promise<void>;
  /** Stops the service and removes the folder. */
  leave(): Promise<void>;
}

/** The variables that a command sets before its program: `A=1 npm start`. */
const settingsOf = (words: readonly string[]): { settings: Record<string, string>; words: string[] } => {
  const first = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const settings = words
    .slice(0, first)
    .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]);
  return { settings: Object.fromEntries(settings) as Record<string, string>, words: words.slice(first) };
};

/** Whether a command of a page starts the service. */
export const startsService = (command: string): boolean => /(^|\s)npm start$/.test(command);

/** The environment of the tests without what would reach the service or the command. */
const ownEnvironment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('STANCE_')));

export const createReader = async (): Promise<Reader> => {
  const folder = await mkdtemp(join(tmpdir(), 'stance-docs-'));
  // As after `npm install` of what `npm run build:client` makes.
  await mkdir(join(folder, 'node_modules/@stance'), { recursive: true });
  await symlink(join(root, 'packages/client'), join(folder, 'node_modules/@stance/client'), 'dir');
  /** The service's own, known once it has said so. */
  let port = '0';
  let service: ChildProcess | undefined;

  const start = (
    file: string,
    args: readonly string[],
    settings: Readonly<Record<string, string>> = {},
  ): ChildProcess =>
    spawn(process.execPath, [resolve(root, file), ...args], {
      cwd: folder,
      env: { ...ownEnvironment, ...settings, STANCE_PORT: port, STANCE_LOG_LEVEL: 'warn', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  const outputOf = async (child: ChildProcess): Promise<Printed> => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (printed: string) => {
        output += printed;
      });
    }
    const [code] = (await once(child, 'close')) as [number | null];
    return { text: output, failed: code !== 0 };
  };

  /** What the service prints once it is ready. */
  const startService = async (settings: Readonly<Record<string, string>>): Promise<Printed> => {
    service = start('services/standalone/src/main.ts', [], settings);
    const { stdout, stderr } = service;
    if (stdout === null || stderr === null) throw new Error('the service was started without its outputs');
    const [printed] = (await Promise.race([
      once(stdout.setEncoding('utf8'), 'data'),
      text(stderr).then((errors) => Promise.reject(new Error(`the service did not start: ${errors}`))),
    ])) as [string];
    stdout.resume();
    port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(printed)?.[1] ?? '0';
    // On the port that the pages show it names none.
    return { text: printed.replaceAll(`${root}/`, '').replace(` --url http://127.0.0.1:${port}`, ''), failed: false };
  };

  const print = async (command: string): Promise<Printed> => {
    const { settings, words } = settingsOf(wordsOf(command.replaceAll(`:${shownPort}`, `:${port}`)));
    const [program, ...args] = words;
    if (program === 'npm' && args[0] === 'start') return startService(settings);
    if (program === 'npm' && args.slice(0, 4).join(' ') === 'run -s stance --')
      return outputOf(start('services/cli/src/main.ts', args.slice(4)));
    if (program === 'stance') return outputOf(start('services/cli/src/main.ts', args));
    if (program === 'node' && args[0] !== undefined) return outputOf(start(join(folder, args[0]), args.slice(1)));
    if (program === 'curl') return curl(args, folder);
    throw new Error(`a page asks for a command that its test does not know: ${command}`);
  };

  /** People read what a write printed before they ask; programs have to wait until it can be read. */
  const readable = async (printed: string): Promise<void> => {
    const position = /position"?:? (\d+)|"position":(\d+)/.exec(printed)?.slice(1).find(Boolean);
    if (position !== undefined) await fetch(`http://127.0.0.1:${port}/v1/actors?limit=1&minPosition=${position}`);
  };

  return {
    run: async (command) => {
      const { text: printed, failed } = await print(command);
      await readable(printed);
      return { text: printed.replaceAll(`:${port}`, `:${shownPort}`), failed };
    },
    save: async ({ file, text: content }) => {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), content.replaceAll(`:${shownPort}`, `:${port}`));
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
