import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  actorInputSchema,
  idSchema,
  propositionInputSchema,
  statementInputSchema,
  type ActorWritten,
  type PropositionWritten,
  type StatementWritten,
} from '@stance/contracts';
import { z } from 'zod';

import { CliError } from '../cli-error.ts';
import { segment, type Client } from '../client/client.ts';

export interface LoadedExamples {
  readonly actors: number;
  readonly propositions: number;
  readonly statements: number;
  /** A read that waits for this position sees all of it. */
  readonly position: number;
}

/**
 * Records a folder of examples (`actors.ndjson`, `propositions.ndjson`, `statements.ndjson`) through the public calls of
 * the service. Loading it again changes nothing. Throws `CliError` `invalid-example` with file and line where a line is
 * not what it should be, before anything of that file is sent.
 */
export const loadExamples = async (client: Client, folder: string): Promise<LoadedExamples> => {
  const actors = await readLines(folder, 'actors.ndjson', actorInputSchema.extend({ id: idSchema }));
  const propositions = await readLines(folder, 'propositions.ndjson', propositionInputSchema.extend({ id: idSchema }));
  const statements = await readLines(folder, 'statements.ndjson', statementInputSchema);

  let position = 0;
  const note = (written: { readonly position: number }): void => {
    position = Math.max(position, written.position);
  };
  for (const { id, ...actor } of actors) note(await client.put<ActorWritten>(`/v1/actors/${segment(id)}`, actor));
  for (const { id, ...proposition } of propositions)
    note(await client.put<PropositionWritten>(`/v1/propositions/${segment(id)}`, proposition));
  for (const statement of statements) note(await client.post<StatementWritten>('/v1/statements', statement));
  return { actors: actors.length, propositions: propositions.length, statements: statements.length, position };
};

const readLines = async <Schema extends z.ZodType>(
  folder: string,
  name: string,
  schema: Schema,
): Promise<z.input<Schema>[]> => {
  const file = join(folder, name);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CliError(
      'unreadable-file',
      `Cannot read ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  });
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const value = parsed(line, `${file}, line ${index + 1}`);
    const checked = schema.safeParse(value);
    if (!checked.success)
      throw new CliError('invalid-example', `${file}, line ${index + 1}: ${z.prettifyError(checked.error)}`);
    return [value as z.input<Schema>];
  });
};

const parsed = (line: string, place: string): unknown => {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new CliError('invalid-example', `${place}: not JSON`, { cause });
  }
};
