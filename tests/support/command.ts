import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const program = join(dirname(createRequire(import.meta.url).resolve('@stance/cli')), 'main.ts');

export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command `stance` as a process of its own, to its end, with these variables beside those of this process. */
export const runStanceWith = (env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<CommandRun> =>
  new Promise((resolve, reject) => {
    const options = { maxBuffer: 2 ** 28, env: { ...process.env, ...env } };
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') resolve({ code, stdout, stderr });
      else reject(error ?? new Error('the command was killed'));
    });
  });

export const runStance = (...args: readonly string[]): Promise<CommandRun> => runStanceWith({}, ...args);
