import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { languageSchema, propositionTextSchema } from '../../proposition.ts';
import { listAnswerSchema, positionSchema } from './date.ts';

const propositionFields = {
  text: propositionTextSchema,
  topics: z.array(idSchema).optional(),
  language: languageSchema.optional(),
} as const;

export const propositionSchema = z
  .strictObject({ id: idSchema, revision: z.int().min(0), ...propositionFields })
  .meta({ id: 'Proposition', description: 'One sentence that can be supported or opposed, in its last wording' });

export const propositionVersionSchema = z
  .strictObject({
    revision: z.int().min(0),
    position: positionSchema,
    ...propositionFields,
    reason: z.string().optional(),
    endedAt: positionSchema.optional().meta({ description: 'The event that replaced this wording' }),
  })
  .meta({ id: 'PropositionVersion' });

export const propositionDetailSchema = propositionSchema
  .extend({ versions: z.array(propositionVersionSchema), knownAt: positionSchema })
  .meta({ id: 'PropositionDetail' });

export const propositionListSchema = listAnswerSchema(propositionSchema, {}).meta({ id: 'PropositionList' });

export type PropositionAnswer = z.infer<typeof propositionSchema>;
export type PropositionVersionAnswer = z.infer<typeof propositionVersionSchema>;
export type PropositionDetail = z.infer<typeof propositionDetailSchema>;
export type PropositionList = z.infer<typeof propositionListSchema>;
