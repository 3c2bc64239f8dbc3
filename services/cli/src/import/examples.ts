import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import {
  ClientError,
  type ActorInput,
  type Client,
  type MembershipInput,
  type PropositionInput,
  type StatementInput,
} from '@stance/client';
import { z } from 'zod';

import { fromCaller } from '../caller-folder.ts';
import { CliError } from '../cli-error.ts';
import { unreadableFile } from '../lines/unreadable-file.ts';

export interface LoadedExamples {
  readonly actors: number;
  readonly propositions: number;
  readonly memberships: number;
  readonly statements: number;
  /** A read that waits for this position sees all of it. */
  readonly position: number;
}

/** What the service answers to each of these calls, as far as it matters here. */
interface Written {
  readonly position: number;
}

const lineSchema = z.looseObject({ id: z.string().min(1) });

/** The service says what is wrong with a line: here it is taken for what it should be. */
type Send<Body> = (id: string, rest: Body) => Promise<Written>;

/**
 * Records a folder of examples (`actors.ndjson`, `propositions.ndjson`, `statements.ndjson`, and `memberships.ndjson` where
 * there is one) through the public calls of the service. Loading it again changes nothing.
 *
 * @throws CliError `unreadable-file`, or `invalid-example` with file and line where a line is not taken.
 */
export const loadExamples = async (client: Client, folder: string): Promise<LoadedExamples> => {
  let position = 0;
  const load = async <Body extends object>(name: string, send: Send<Body>): Promise<number> => {
    const lines = await readLines(join(folder, name));
    for (const { place, text } of lines) position = Math.max(position, (await sendLine(place, text, send)).position);
    return lines.length;
  };
  return {
    actors: await load('actors.ndjson', (id, actor: ActorInput) => client.actors.put(id, actor)),
    propositions: await load('propositions.ndjson', (id, proposition: PropositionInput) =>
      client.propositions.put(id, proposition),
    ),
    memberships: (await isThere(fromCaller(join(folder, 'memberships.ndjson'))))
      ? await load('memberships.ndjson', (id, membership: MembershipInput) =>
          client.actors.addMembership(id, membership),
        )
      : 0,
    statements: await load('statements.ndjson', (id, statement: StatementInput) =>
      client.statements.record({ ...statement, id }),
    ),
    position,
  };
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const sendLine = async <Body extends object>(place: string, text: string, send: Send<Body>): Promise<Written> => {
  let line: z.output<typeof lineSchema>;
  try {
    line = lineSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CliError('invalid-example', `${place}: not a JSON object with an id`, { cause });
  }
  const { id, ...rest } = line;
  try {
    return await send(id, rest as Body);
  } catch (cause) {
    if (!(cause instanceof ClientError && cause.problem !== undefined)) throw cause;
    const issues = cause.issues.map(({ path, message }) => `${path}: ${message}`);
    throw new CliError('invalid-example', `${place}: ${[cause.message, ...issues].join('; ')}`, { cause });
  }
};

const hint =
  'Name a folder that holds actors.ndjson, propositions.ndjson and statements.ndjson, for instance examples/macron-trainers.';

const readLines = async (file: string): Promise<{ place: string; text: string }[]> => {
  const content = await readFile(fromCaller(file), 'utf8').catch((cause: unknown) => {
    throw unreadableFile(file, cause, hint);
  });
  return content
    .split('\n')
    .map((text, index) => ({ place: `${file}, line ${index + 1}`, text }))
    .filter(({ text }) => text.trim() !== '');
};
