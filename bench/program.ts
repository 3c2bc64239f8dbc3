import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

/** What one run of a program says: numbers, or groups of them. */
export type Measures = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

/** A program of this folder, run as a whole process of its own. */
export interface Program {
  /** Relative to this folder. */
  readonly file: string;
  readonly args: readonly string[];
}

const run = async ({ file, args }: Program): Promise<string> => {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number | null]>]);
  if (code !== 0) throw new Error(`${file} ended with ${String(code)} and said: ${output}`);
  return output;
};

/** Runs a program that only leaves something behind. */
export const prepareBy = async (program: Program): Promise<void> => {
  await run(program);
};

/** Runs it and reads the one line it answers with. @throws Error where it fails or says nothing. */
export const runProgram = async (program: Program): Promise<Measures> => {
  const output = await run(program);
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`${program.file} gave no measures: ${output}`);
  return JSON.parse(line) as Measures;
};

/** The number at a path like `stance.p99`. */
export const measure = (measures: Measures, path: string): number => {
  const value = path.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], measures);
  if (typeof value !== 'number') throw new Error(`no measure ${path} in ${JSON.stringify(measures)}`);
  return value;
};
