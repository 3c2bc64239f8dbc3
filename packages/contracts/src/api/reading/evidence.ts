import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { nameSchema } from '../../actor.ts';
import { authoritySchema, directionSchema, directnessSchema, partSchema } from '../../statement-words.ts';
import { dateAnswerSchema } from './date.ts';
import { groundSchema } from './ground.ts';
import { stanceDirectionSchema } from './stance-direction.ts';

export const bandSchema = z.enum(['weak', 'moderate', 'strong']);

/** What a reader needs of a statement to judge it without another call. */
export const accountFields = {
  statementId: idSchema,
  weight: z.number().min(0).max(1),
  saidAt: dateAnswerSchema,
  speaker: idSchema,
  authority: authoritySchema,
  publisher: nameSchema.optional(),
  part: partSchema.optional(),
  quote: z.strictObject({ exact: z.string(), directness: directnessSchema }).optional(),
} as const;

export const evidenceSchema = z
  .strictObject({
    role: z.enum(['opened', 'supports', 'opposes', 'reaffirms']),
    direction: directionSchema.optional(),
    ground: groundSchema.optional().meta({ description: 'Of an endorsement or a rejection, with the stance' }),
    ...accountFields,
  })
  .meta({
    id: 'Evidence',
    description: 'A statement that something rests on: what it weighs, what it did, and its words',
  });

export const disputedAccountSchema = z
  .strictObject({
    direction: stanceDirectionSchema,
    utterance: z.int().min(1).meta({ description: 'Accounts with the same number are of one utterance' }),
    ...accountFields,
    title: nameSchema.optional().meta({ description: 'Of the source' }),
  })
  .meta({ id: 'DisputedAccount', description: 'What one account makes of an utterance, in a moment in dispute' });

export type EvidenceAnswer = z.infer<typeof evidenceSchema>;
