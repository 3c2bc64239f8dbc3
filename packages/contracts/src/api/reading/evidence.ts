import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { nameSchema } from '../../actor.ts';
import { authoritySchema, directionSchema, directnessSchema, partSchema } from '../../statement.ts';
import { dateAnswerSchema } from './date.ts';

export const stanceDirectionSchema = z.enum(['support', 'oppose', 'neutral', 'mixed']);
export const bandSchema = z.enum(['weak', 'moderate', 'strong']);

export const evidenceSchema = z
  .strictObject({
    statementId: idSchema,
    weight: z.number().min(0).max(1),
    role: z.enum(['opened', 'supports', 'opposes', 'reaffirms']),
    direction: directionSchema.optional(),
    saidAt: dateAnswerSchema.optional(),
    speaker: idSchema.optional(),
    authority: authoritySchema.optional(),
    publisher: nameSchema.optional(),
    part: partSchema.optional(),
    quote: z.strictObject({ exact: z.string(), directness: directnessSchema }).optional(),
  })
  .meta({
    id: 'Evidence',
    description: 'A statement that something rests on: what it weighs, what it did, and its words',
  });

export type EvidenceAnswer = z.infer<typeof evidenceSchema>;
