import { z } from 'zod';

import { idSchema } from '../ids.ts';
import { languageSchema, propositionTextSchema } from '../proposition.ts';
import { reasonSchema } from '../text.ts';

/** The first wording of a proposition, and the topics it stands under. */
export const propositionDefinedSchema = z.strictObject({
  propositionId: idSchema,
  text: propositionTextSchema,
  topics: z.array(idSchema).optional(),
  language: languageSchema.optional(),
});

/** A new wording: a new version of the proposition. */
export const propositionRevisedSchema = z.strictObject({
  propositionId: idSchema,
  text: propositionTextSchema,
  topics: z.array(idSchema).optional(),
  language: languageSchema.optional(),
  reason: reasonSchema.optional(),
});

export type PropositionDefinedData = z.infer<typeof propositionDefinedSchema>;
export type PropositionRevisedData = z.infer<typeof propositionRevisedSchema>;
