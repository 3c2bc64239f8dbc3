// `npm run build`: makes of every program of the workspace one folder of JavaScript that needs nothing but Node.js, for
// images and other deployments: dist/. What is taken from packages is bundled, with two exceptions.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

import { build } from 'rolldown';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Programs by the names they get, and the threads that they start: those are looked for beside them, under their own. */
const entries = {
  standalone: 'services/standalone/src/main.ts',
  ingestion: 'services/ingestion/src/main.ts',
  relay: 'services/relay/src/main.ts',
  projector: 'services/projector/src/main.ts',
  query: 'services/query/src/main.ts',
  webhooks: 'services/webhooks/src/main.ts',
  stance: 'services/cli/src/main.ts',
  'projector-thread': 'services/projector/src/projector-thread.ts',
  'builder-thread': 'services/projector/src/versions/builder-thread.ts',
  'writer-thread': 'packages/event-store/src/sqlite/writer-thread.ts',
  'rebuild-thread': 'packages/projection/src/rebuild-thread.ts',
  'filler-thread': 'packages/read-model/src/sqlite/filler-thread.ts',
};

/** Loaded by some drivers where it is there, and never here. */
const absent = ['pg-native', 'bufferutil', 'utf-8-validate'];

await rm(dist, { recursive: true, force: true });
await build({
  cwd: root,
  input: entries,
  platform: 'node',
  external: ['better-sqlite3', /^kafkajs/, ...absent],
  output: {
    dir: dist,
    format: 'esm',
    // They look for their threads and for package.json beside themselves.
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  },
  logLevel: 'warn',
});

// The page that is given out, as it was made before this: it is looked for beside the programs, too.
await cp(join(root, 'packages/web/dist'), join(dist, 'page'), { recursive: true });

/** As they are installed, from the package that uses them: a compiled part, or files that are looked for by their names. */
const unbundled: readonly { readonly name: string; readonly from: string; readonly parts: readonly string[] }[] = [
  { name: 'better-sqlite3', from: 'packages/event-store', parts: ['package.json', 'LICENSE', 'lib', 'prebuilds'] },
  { name: 'kafkajs', from: 'packages/distribution', parts: ['package.json', 'LICENSE', 'index.js', 'src'] },
];
for (const { name, from, parts } of unbundled) {
  const installed = dirname(createRequire(join(root, from, 'package.json')).resolve(`${name}/package.json`));
  const target = join(dist, 'node_modules', name);
  await mkdir(target, { recursive: true });
  for (const part of parts) await cp(join(installed, part), join(target, part), { recursive: true });
}
const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<
  string,
  string
>;
await writeFile(
  join(dist, 'package.json'),
  `${JSON.stringify({ name, version, license, type: 'module', private: true }, null, 2)}\n`,
);
