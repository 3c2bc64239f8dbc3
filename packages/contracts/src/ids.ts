import { z } from 'zod';

/** What an id of an actor, a proposition or a statement looks like: 1 to 128 ASCII characters. */
export const idPattern = /^[A-Za-z0-9][A-Za-z0-9._:~-]{0,127}$/;

/** An id of an actor, a proposition, a topic, a source document or a statement. */
export const idSchema = z
  .string()
  .regex(idPattern, 'must match [A-Za-z0-9][A-Za-z0-9._:~-]{0,127}')
  .meta({ id: 'Id', description: 'An id: 1 to 128 characters of A-Z a-z 0-9 . _ : ~ -' });

const prefixes = { statement: 'statement-', actor: 'actor-', proposition: 'proposition-' } as const;

/** The stream of what needs one order over many actors, propositions and topics. */
export const registryStream = 'registry';

/** The stream of one statement, actor or proposition. */
export const streamOf = (what: keyof typeof prefixes, id: string): string => prefixes[what] + id;
