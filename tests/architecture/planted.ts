import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** File contents by path. */
export type Files = Readonly<Record<string, string>>;

/** What the linter says, by the path of the file it says it of: `rule: message`. */
export type Complaints = ReadonlyMap<string, readonly string[]>;

interface Report {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly message: string;
    readonly help?: string;
    readonly filename: string;
  }[];
}

/** Lints files as if they stood in this workspace, with its own rules; `links` are folders, by where a link to them goes. */
export const lint = async (files: Files, links: Files = {}): Promise<Complaints> => {
  const folder = await mkdtemp(join(tmpdir(), 'stance-architecture-'));
  try {
    await Promise.all(
      ['oxlint.config.ts', 'tsconfig.json', 'tsconfig.base.json'].map((name) =>
        copyFile(join(root, name), join(folder, name)),
      ),
    );
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    for (const [path, target] of Object.entries(links)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await symlink(join(folder, target), join(folder, path));
    }
    const found = new Map<string, string[]>();
    for (const { code, message, help, filename } of (await oxlint(folder)).diagnostics) {
      found.set(filename, [...(found.get(filename) ?? []), `${code}: ${help ?? message}`]);
    }
    return found;
  } finally {
    await rm(folder, { recursive: true });
  }
};

const oxlint = async (cwd: string): Promise<Report> =>
  new Promise((done, failed) => {
    const program = join(root, 'node_modules/oxlint/bin/oxlint');
    // It would walk through all packages behind the link to them.
    const args = [program, '--format=json', '--ignore-pattern=node_modules'];
    // Complaints make it end with 1: what counts is whether it printed a report.
    execFile(process.execPath, args, { cwd }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) done(JSON.parse(stdout) as Report);
      else failed(new Error(`the linter gave no report: ${stdout}${stderr}`, { cause: error }));
    });
  });
