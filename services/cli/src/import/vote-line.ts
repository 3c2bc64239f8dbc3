import type { z } from 'zod';

import { LineFault } from './importer.ts';

/** What a vote says of the proposition voted on. */
export const directionOf = { yes: 'support', abstain: 'neutral', no: 'oppose' } as const;

export const publisher = 'United Nations General Assembly';

/** A line as a value of the schema. Throws `LineFault` with the first few things that are wrong. */
export const parseLine = <Schema extends z.ZodType>(schema: Schema, line: string): z.output<Schema> => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new LineFault(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`);
  throw new LineFault(faults.join('; '));
};

/** Names are one line without control characters, and at most 500 characters long. */
export const asName = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 500)
    // Where the cut went through a character.
    .replace(/\p{Cs}$/u, '');
