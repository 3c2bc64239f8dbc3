import { z } from 'zod';

import { relationTypes } from './choices.ts';

import { choiceSchema } from './choice.ts';
import { idSchema } from './ids.ts';

export const relationTypeSchema = choiceSchema(relationTypes);

/** The body of `POST /v1/propositions/{id}/relations`. */
export const relationSchema = z.strictObject({ type: relationTypeSchema, to: idSchema }).meta({
  id: 'Relation',
  description:
    'entails: who supports this one cannot but support the other; contradicts: nobody can support both, whichever of ' +
    'the two is named first; narrows: this one says the same of less',
});

export type RelationType = z.infer<typeof relationTypeSchema>;
export type Relation = z.infer<typeof relationSchema>;
