import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Seed } from '@stance/config';
import type { EventLog } from '@stance/event-store';
import { ownKeyHeader } from '@stance/http';
import type { HttpApp } from '@stance/http';
import { StartError } from '@stance/service';
import { z } from 'zod';

/** How many of each kind were recorded, and the position after which all of it can be read. */
export interface Seeded {
  readonly folder: string;
  readonly actors: number;
  readonly propositions: number;
  readonly memberships: number;
  readonly statements: number;
  readonly position: number;
}

const bundled = resolve(import.meta.dirname, '../../../examples');

const kinds = ['actors', 'propositions', 'memberships', 'statements'] as const;

/** Not every example has them. */
const optional: ReadonlySet<string> = new Set(['memberships']);

const lineSchema = z.looseObject({ id: z.string().optional() });
const writtenSchema = z.looseObject({ outcome: z.string(), position: z.int() });

/** What the events of the examples carry; the last one says that none is missing. */
const correlationIds = { on: 'stance-examples', last: 'stance-examples-end' } as const;

/** One line of a file of examples. */
interface Example {
  readonly folder: string;
  readonly kind: (typeof kinds)[number];
  /** File and line. */
  readonly place: string;
  readonly value: z.infer<typeof lineSchema>;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const readExamples = async (folder: string, kind: Example['kind']): Promise<Example[]> => {
  const file = join(folder, `${kind}.ndjson`);
  if (optional.has(kind) && !(await isThere(file))) return [];
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new StartError(`Cannot read the example ${file}: STANCE_SEED has to name a folder of examples.`, { cause });
  });
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `${file}, line ${index + 1}`;
    try {
      return [{ folder, kind, place, value: lineSchema.parse(JSON.parse(line)) }];
    } catch (cause) {
      throw new StartError(`The example in ${place} is not a JSON object.`, { cause });
    }
  });
};

/** Sends an example as the call that records it. */
const send = async (
  app: HttpApp,
  { kind, place, value }: Example,
  headers: Readonly<Record<string, string>>,
): Promise<z.infer<typeof writtenSchema>> => {
  const { id = '', ...rest } = value;
  const named = encodeURIComponent(id);
  const call = {
    actors: { method: 'PUT', url: `/v1/actors/${named}`, payload: rest },
    propositions: { method: 'PUT', url: `/v1/propositions/${named}`, payload: rest },
    memberships: { method: 'POST', url: `/v1/actors/${named}/memberships`, payload: rest },
    statements: { method: 'POST', url: '/v1/statements', payload: value },
  } as const;
  const reply = await app.inject({ ...call[kind], headers });
  if (reply.statusCode >= 300) throw new StartError(`The example in ${place} was not taken: ${reply.body}`);
  return writtenSchema.parse(reply.json());
};

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

const eventsALook = 500;

/**
 * Whether a log is empty, or ends in the middle of the examples: the start that recorded them was cut off. It is read from
 * its beginning, as far as it holds nothing but examples: its last event is found by its position only where positions are
 * counted.
 */
export const lacksExamples = async (log: Pick<EventLog, 'readAll'>): Promise<boolean> => {
  for (let after = 0; ;) {
    const { events, position } = await log.readAll({ after, limit: eventsALook });
    if (events.some(({ metadata }) => metadata.correlationId !== correlationIds.on)) return false;
    if (position === after) return true;
    after = position;
  }
};

export interface SeedKeys {
  /** The app's, so that its calls are marked by what no client can send. */
  readonly ownKey: string;
  /** Of the scope `write`, where the app has tokens. */
  readonly token: string | null;
}

/**
 * Records examples through the calls that everybody uses. Each line counts once, however often it is sent.
 *
 * @throws StartError with file and line where an example cannot be read or is not taken.
 */
export const loadSeed = async (app: HttpApp, seed: Seed, { ownKey, token }: SeedKeys): Promise<Seeded[]> => {
  if (seed.kind === 'none') return [];
  // A deployment may leave the examples out.
  if (seed.kind === 'examples' && !(await isThere(bundled))) return [];
  const examples: Example[] = [];
  for (const folder of await foldersOf(seed.kind === 'examples' ? bundled : seed.path)) {
    for (const kind of kinds) examples.push(...(await readExamples(folder, kind)));
  }
  const loaded = new Map<string, Seeded>();
  for (const example of examples) {
    const { folder, kind } = example;
    const { position } = await send(app, example, {
      [ownKeyHeader]: ownKey,
      'x-correlation-id': example === examples.at(-1) ? correlationIds.last : correlationIds.on,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    });
    const before = loaded.get(folder) ?? {
      folder,
      actors: 0,
      propositions: 0,
      memberships: 0,
      statements: 0,
      position: 0,
    };
    loaded.set(folder, { ...before, [kind]: before[kind] + 1, position: Math.max(before.position, position) });
  }
  return [...loaded.values()];
};
