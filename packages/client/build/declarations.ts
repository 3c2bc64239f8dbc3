import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(import.meta.dirname, '../../..');

/** The types in it come from the schemas; what is declared elsewhere uses them by name. */
const contract = 'contract';

/** Instantiates a type, so that the compiler writes it out where it declares a constant of it. */
const plain = `type Plain<T> = T extends readonly (infer Item)[] ? Plain<Item>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
declare const written: <T>() => Plain<T>;
`;

/**
 * The declarations of the client, in which every type that comes from a schema is written out as the plain type that it is:
 * who uses them needs neither the schemas nor zod.
 */
export const writeDeclarations = async (source: string, folder: string): Promise<void> => {
  const work = await mkdtemp(join(dirname(source), 'declarations-'));
  try {
    const files = await readdir(join(source, contract));
    for (const file of files) await writeFile(join(work, file), await constantsOf(join(source, contract, file)));
    const config = join(work, 'tsconfig.json');
    await writeFile(config, JSON.stringify(compilerConfig(source, work, files)));
    await runCompiler(config);
    await rename(join(work, 'out', 'src'), folder);
    for (const file of files) {
      const name = basename(file, '.ts');
      const constants = await readFile(join(work, 'out', basename(work), `${name}.d.ts`), 'utf8');
      await writeFile(join(folder, contract, `${name}.d.ts`), typesOf(constants));
    }
    await namedAsPublished(folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

const compilerConfig = (source: string, work: string, files: readonly string[]): object => ({
  extends: join(root, 'tsconfig.base.json'),
  compilerOptions: {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: dirname(source),
    outDir: join(work, 'out'),
    typeRoots: [join(root, 'node_modules/@types')],
  },
  files: [join(source, 'index.ts'), ...files.map((file) => join(work, file))],
});

/** A constant for each type that a file exports, under its name. */
const constantsOf = async (file: string): Promise<string> => {
  const code = await readFile(file, 'utf8');
  const again = /^export type \{([^}]*)\}/m.exec(code)?.[1]?.split(',') ?? [];
  const own = [...code.matchAll(/^export type (\w+)/gm)].map(([, name = '']) => name);
  const names = [...again.map((name) => name.trim()).filter((name) => name !== ''), ...own];
  const constants = names.map((name) => `export const ${name} = written<types.${name}>();\n`);
  return `import type * as types from '../src/${contract}/${basename(file)}';\n${plain}${constants.join('')}`;
};

const typesOf = (constants: string): string =>
  constants.replaceAll(/^export declare const (\w+): /gm, 'export type $1 = ');

/** Imports name files with `.ts` at their end in the source, and what is published has `.js`. */
const namedAsPublished = async (folder: string): Promise<void> => {
  for (const file of await readdir(folder, { recursive: true })) {
    if (!file.endsWith('.d.ts')) continue;
    const path = join(folder, file);
    const code = await readFile(path, 'utf8');
    await writeFile(path, code.replaceAll(/(from '|import\(")(\.[^'"]*)\.ts(['"])/g, '$1$2.js$3'));
  }
};

const runCompiler = async (config: string): Promise<void> => {
  const compiler = createRequire(join(root, 'package.json')).resolve('typescript/package.json');
  const child = spawn(process.execPath, [join(dirname(compiler), 'bin/tsc'), '--project', config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [complaints, [code]] = await Promise.all([
    text(child.stdout),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`the declarations in ${relative(root, config)} were not made:\n${complaints}`);
};
