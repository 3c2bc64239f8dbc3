import { z } from 'zod';

import { idSchema } from '../ids.ts';
import { languageSchema, propositionTextSchema } from '../proposition.ts';
import { reasonSchema } from '../text.ts';
import { firstVersion, nextVersion } from './event-type.ts';

const propositionDefinedFirst = z.strictObject({
  propositionId: idSchema,
  text: propositionTextSchema,
  topics: z.array(idSchema).optional(),
  language: languageSchema.optional(),
});

/** The first wording of a proposition, and the topics it stands under. */
export const propositionDefinedSchema = z.strictObject({
  ...propositionDefinedFirst.shape,
  /** Defined under its id alone (`createMissing`): nobody has worded it yet, and its text is its id. */
  inPassing: z.boolean(),
});

export const propositionDefined = nextVersion(firstVersion(propositionDefinedFirst, ['propositionId', 'text']), {
  schema: propositionDefinedSchema,
  change:
    'says `inPassing` whether the proposition was only named by a statement (`createMissing`), so that its text is no ' +
    'sentence yet; before, that had to be guessed from a text that is the id',
  upcast: (data) => ({
    ...data,
    inPassing: data.text === data.propositionId && data.topics === undefined && data.language === undefined,
  }),
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
