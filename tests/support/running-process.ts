import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** A program of the workspace as a process of its own. */
export interface RunningProcess {
  readonly pid: number;
  /** What it has written so far, to standard output and standard error; the end of it where that is long. */
  written(): string;
  /** To be called from anywhere, more than once. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves when the process is gone, with its exit code or the signal that ended it. */
  readonly gone: Promise<number | NodeJS.Signals>;
}

/** @param file from the root of the workspace. */
export const startProcess = (file: string, env: Readonly<Record<string, string>>): RunningProcess => {
  const child = spawn(process.execPath, [join(root, file)], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written = (written + text).slice(-20_000);
    });
  }
  return {
    pid: child.pid ?? 0,
    written: () => written,
    signal: (signal) => {
      child.kill(signal);
    },
    gone: once(child, 'exit').then(([code, signal]: (number | NodeJS.Signals | null)[]) => signal ?? code ?? 0),
  };
};
