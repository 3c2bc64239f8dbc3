import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Seed } from '@stance/config';
import type { HttpApp } from '@stance/http';
import { z } from 'zod';

import { StartError } from './start-failure.ts';

/** How many of each kind were recorded, and the position after which all of it can be read. */
export interface Seeded {
  readonly folder: string;
  readonly actors: number;
  readonly propositions: number;
  readonly statements: number;
  readonly position: number;
}

const bundled = resolve(import.meta.dirname, '../../../examples');

const files = [
  { kind: 'actors', name: 'actors.ndjson' },
  { kind: 'propositions', name: 'propositions.ndjson' },
  { kind: 'statements', name: 'statements.ndjson' },
] as const;

const lineSchema = z.looseObject({ id: z.string().optional() });
const writtenSchema = z.looseObject({ position: z.int() });

const readLines = async (folder: string, name: string): Promise<string[]> => {
  const text = await readFile(join(folder, name), 'utf8').catch((cause: unknown) => {
    throw new StartError(
      `Cannot read the example ${join(folder, name)}: STANCE_SEED has to name a folder of examples.`,
      {
        cause,
      },
    );
  });
  return text.split('\n');
};

/** Sends each line of one file as the call that records it. */
const sendFile = async (
  app: HttpApp,
  file: string,
  kind: (typeof files)[number]['kind'],
  lines: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly count: number; readonly position: number }> => {
  let count = 0;
  let position = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const place = `${file}, line ${index + 1}`;
    let value: z.infer<typeof lineSchema>;
    try {
      value = lineSchema.parse(JSON.parse(line));
    } catch (cause) {
      throw new StartError(`The example in ${place} is not a JSON object.`, { cause });
    }
    const { id = '', ...rest } = value;
    const reply = await (kind === 'statements'
      ? app.inject({ method: 'POST', url: '/v1/statements', headers, payload: value })
      : app.inject({ method: 'PUT', url: `/v1/${kind}/${encodeURIComponent(id)}`, headers, payload: rest }));
    if (reply.statusCode >= 300) throw new StartError(`The example in ${place} was not taken: ${reply.body}`);
    position = Math.max(position, writtenSchema.parse(reply.json()).position);
    count += 1;
  }
  return { count, position };
};

const seedFolder = async (app: HttpApp, folder: string, headers: Readonly<Record<string, string>>): Promise<Seeded> => {
  const seeded = { folder, actors: 0, propositions: 0, statements: 0, position: 0 };
  for (const { kind, name } of files) {
    const { count, position } = await sendFile(app, join(folder, name), kind, await readLines(folder, name), headers);
    seeded[kind] = count;
    seeded.position = Math.max(seeded.position, position);
  }
  return seeded;
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The folder itself, or those in it that hold examples. */
const foldersOf = async (folder: string): Promise<string[]> => {
  if (await isThere(join(folder, 'statements.ndjson'))) return [folder];
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new StartError(`Cannot read the folder ${folder}: STANCE_SEED has to name a folder of examples, or none.`, {
      cause,
    });
  });
  const folders: string[] = [];
  for (const name of names.toSorted()) {
    if (await isThere(join(folder, name, 'statements.ndjson'))) folders.push(join(folder, name));
  }
  return folders;
};

/**
 * Records examples through the calls that everybody uses. Each line counts once, however often it is sent.
 *
 * @param token of the scope `write`, where the app has tokens.
 * @throws StartError with file and line where an example cannot be read or is not taken.
 */
export const loadSeed = async (app: HttpApp, seed: Seed, token: string | null): Promise<Seeded[]> => {
  if (seed.kind === 'none') return [];
  // A deployment may leave the examples out.
  if (seed.kind === 'examples' && !(await isThere(bundled))) return [];
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const loaded: Seeded[] = [];
  for (const folder of await foldersOf(seed.kind === 'examples' ? bundled : seed.path)) {
    loaded.push(await seedFolder(app, folder, headers));
  }
  return loaded;
};
