import { z } from 'zod';

import { idSchema } from './ids.ts';
import { reasonSchema } from './text.ts';

/** The body of `POST /v1/actors/{id}/merge`. */
export const mergeInputSchema = z
  .strictObject({ into: idSchema, reason: reasonSchema.optional() })
  .meta({ id: 'MergeInput', description: 'The actor that this one is the same as, and answers as from now on' });

/** The body of `POST /v1/actors/{id}/unmerge`. */
export const unmergeInputSchema = z
  .strictObject({ reason: reasonSchema.optional() })
  .meta({ id: 'UnmergeInput', description: 'Why the actor is one of its own after all' });

export type MergeInput = z.infer<typeof mergeInputSchema>;
export type UnmergeInput = z.infer<typeof unmergeInputSchema>;
