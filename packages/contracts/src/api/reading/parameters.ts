import { z } from 'zod';

import { idSchema } from '../../ids.ts';

/** A whole number in a query string. */
const wholeNumberSchema = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,14})$/, 'must be a whole number of at most 15 digits')
  .transform(Number);

/** Several values in one parameter, separated by commas. */
const listSchema = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .string()
    .max(500)
    .transform((text) => text.split(','))
    .pipe(z.array(item));

const dateTextSchema = z.string().min(1).max(100);

export const atSchema = dateTextSchema.optional().meta({
  description: 'As said by then: an EDTF date, of which the end counts, or an instant. Default: today.',
});

export const knownAtSchema = dateTextSchema.optional().meta({
  description:
    'As recorded by then: an instant, a day (its end), or a position of the log. Default: all that the projection has. In the future it is refused.',
});

export const minPositionSchema = wholeNumberSchema.optional().meta({
  description:
    'Waits (bounded, then 503) until the projection has passed this position: the one that a write answered with.',
});

/** The name of a method, as it is asked for. */
export const methodNameSchema = z.string().min(1).max(128);

export const methodSchema = methodNameSchema.optional().meta({
  description: 'The name of a method. Default: `default`.',
});

/** What is read: all reads take these. */
export const knownParameters = { knownAt: knownAtSchema, minPosition: minPositionSchema } as const;

/** What is read where stances are told. */
export const stanceParameters = { at: atSchema, ...knownParameters, method: methodSchema } as const;

/** How a list is walked. */
export const pageParameters = {
  limit: wholeNumberSchema
    .pipe(z.int().min(1).max(1000))
    .optional()
    .meta({ description: 'How many items a page holds, 1 to 1000. Default: 100.' }),
  after: z.string().min(1).max(4000).optional().meta({ description: 'The `next` of the page before.' }),
} as const;

export const historyFilter = {
  holder: idSchema.optional(),
  proposition: idSchema.optional(),
} as const;

export const dayRange = {
  from: dateTextSchema.optional().meta({ description: 'The first day (EDTF: the earliest day of it).' }),
  to: dateTextSchema.optional().meta({ description: 'The last day, inclusive (EDTF: the latest day of it).' }),
} as const;

export { listSchema };
