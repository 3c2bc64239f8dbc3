import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../../..');

/** Why programs that use a module of Python cannot be run; `null` where they can. */
export const missingModule = (module: string): string | null => {
  const { status, error, stderr } = spawnSync('python3', ['-c', `import ${module}`], { encoding: 'utf8' });
  if (error !== undefined) return `there is no python3: ${error.message}`;
  return status === 0 ? null : (stderr.trim().split('\n').at(-1) ?? `python3 cannot import ${module}`);
};

/** The programs that a page has its reader save, in a folder of their own. */
export interface PagePrograms {
  /** The lines of a program of the page. */
  linesOf(file: string): readonly string[];
  /** Runs one to its end, and gives what it printed. @throws Error with what it complained of, where it failed. */
  run(file: string, ...args: readonly string[]): Promise<string>;
  /** Runs one until it has printed so many lines, and gives them. @throws Error where it ends before. */
  runUntil(lines: number, file: string, ...args: readonly string[]): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export const programsOf = async (page: string): Promise<PagePrograms> => {
  const text = await readFile(join(root, page), 'utf8');
  const programs = new Map(
    [...text.matchAll(/^```python title="([^"]+)"\n([\s\S]*?)^```$/gm)].map(([, file = '', body = '']) => [file, body]),
  );
  const folder = await mkdtemp(join(tmpdir(), 'stance-programs-'));
  for (const [file, body] of programs) await writeFile(join(folder, file), body);

  const start = (file: string, args: readonly string[]) => {
    const child = spawn('python3', [join(folder, file), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (said: string) => {
      complaint += said;
    });
    const ended = new Promise<number | null>((done) => void child.on('close', done));
    return { child, ended, complaint: () => complaint };
  };

  return {
    linesOf: (file) => programs.get(file)?.trimEnd().split('\n') ?? [],
    async run(file, ...args) {
      const { child, ended, complaint } = start(file, args);
      let printed = '';
      child.stdout.setEncoding('utf8').on('data', (said: string) => {
        printed += said;
      });
      if ((await ended) !== 0) throw new Error(`${file} failed: ${complaint()}`);
      return printed;
    },
    async runUntil(lines, file, ...args) {
      const { child, ended, complaint } = start(file, args);
      const printed: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        printed.push(line);
        if (printed.length === lines) child.kill();
      }
      await ended;
      if (printed.length < lines) throw new Error(`${file} ended: ${complaint()}`);
      return printed.slice(0, lines);
    },
    remove: () => rm(folder, { recursive: true }),
  };
};
