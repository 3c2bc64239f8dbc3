// `npm run build:client -- FOLDER`: makes of the client what can be published: one module and its declarations, which need
// nothing else. Without a folder it is dist-client.
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

import { bundle } from './bundle.ts';
import { writeDeclarations } from './declarations.ts';

const own = resolve(import.meta.dirname, '..');
const source = join(own, 'src');
const folder = resolve(process.argv[2] ?? join(own, '../../dist-client'));

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await writeDeclarations(source, join(folder, 'types'));
await bundle(source, join(folder, 'index.js'));

const { name, version, license } = JSON.parse(await readFile(join(own, 'package.json'), 'utf8')) as Record<
  string,
  string
>;
const published = {
  name,
  version,
  license,
  description: 'Client of the stance tracker, for Node.js and browsers.',
  type: 'module',
  sideEffects: false,
  exports: { '.': { types: './types/index.d.ts', default: './index.js' } },
  engines: { node: '>=20.3' },
};
await writeFile(join(folder, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
await copyFile(join(own, 'README.md'), join(folder, 'README.md'));
await copyFile(join(own, '../../LICENSE'), join(folder, 'LICENSE'));
// The one part of it that is not ours.
const parser = dirname(createRequire(join(own, 'package.json')).resolve('eventsource-parser/package.json'));
await copyFile(join(parser, 'LICENSE'), join(folder, 'LICENSE-eventsource-parser'));
