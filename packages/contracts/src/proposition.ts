import { z } from 'zod';

import { idSchema } from './ids.ts';
import { lineSchema, reasonSchema } from './text.ts';

/** One sentence that can be supported or opposed. */
export const propositionTextSchema = lineSchema.max(2000);

/** A BCP 47 language tag, by its shape. */
export const languageSchema = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a BCP 47 tag');

/** The wording of a proposition: the body of `PUT /v1/propositions/{id}`. */
export const propositionInputSchema = z
  .strictObject({
    text: propositionTextSchema,
    topics: z.array(idSchema).max(100).optional(),
    language: languageSchema.optional(),
  })
  .meta({ id: 'PropositionInput', description: 'One sentence that can be supported or opposed, and its topics' });

/** A new wording: the body of `POST /v1/propositions/{id}/revisions`. */
export const propositionRevisionSchema = z
  .strictObject({ text: propositionTextSchema, reason: reasonSchema.optional() })
  .meta({ id: 'PropositionRevision', description: 'A new wording of the same proposition' });

export type PropositionInput = z.infer<typeof propositionInputSchema>;
export type PropositionRevision = z.infer<typeof propositionRevisionSchema>;
