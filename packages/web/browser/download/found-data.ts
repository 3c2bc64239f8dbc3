import type { ListedActor, PropositionAnswer } from '@stance/client';

import { asCsv, asNdjson } from './csv.ts';
import type { Columns } from './csv.ts';

/** What some words name. */
export interface FoundItems {
  readonly actors: readonly ListedActor[];
  readonly propositions: readonly PropositionAnswer[];
}

interface Row {
  readonly what: 'actor' | 'proposition';
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

const columns: Columns<Row> = {
  what: ({ what }) => what,
  id: ({ id }) => id,
  name: ({ name }) => name,
  aliases: ({ aliases }) => aliases.join('; '),
};

/** One line for each actor and each proposition. */
export const foundAsCsv = ({ actors, propositions }: FoundItems): string =>
  asCsv<Row>(columns, [
    ...actors.map(({ id, name, aliases }) => ({
      what: 'actor' as const,
      id,
      name,
      aliases: aliases.map((alias) => alias.name),
    })),
    ...propositions.map(({ id, text: name }) => ({ what: 'proposition' as const, id, name, aliases: [] })),
  ]);

export const foundAsNdjson = ({ actors, propositions }: FoundItems): string => asNdjson([...actors, ...propositions]);
