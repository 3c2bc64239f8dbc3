import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { languageSchema, propositionTextSchema } from '../../proposition.ts';
import { relationTypeSchema } from '../../relation.ts';
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
    version: z.int().min(1).meta({ description: 'Counted from 1: statements name it as `propositionVersion`' }),
    revision: z.int().min(0),
    position: positionSchema,
    ...propositionFields,
    reason: z.string().optional(),
    endedAt: positionSchema.optional().meta({ description: 'The event that replaced this wording' }),
  })
  .meta({ id: 'PropositionVersion' });

const ofRelation = { type: relationTypeSchema } as const;

export const relationAnswerSchema = z
  .union([z.strictObject({ ...ofRelation, to: idSchema }), z.strictObject({ ...ofRelation, from: idSchema })])
  .meta({
    id: 'RelationAnswer',
    description:
      '`to`: this proposition entails, contradicts or narrows that one; `from`: that one does so to this. A ' +
      'contradiction is always told with `to`',
  });

export const propositionDetailSchema = propositionSchema
  .extend({
    relations: z.array(relationAnswerSchema).meta({
      description: 'In the order recorded, at most 1,000; `relationCount` counts all',
    }),
    relationCount: z.int().min(0),
    versions: z.array(propositionVersionSchema),
    knownAt: positionSchema,
  })
  .meta({ id: 'PropositionDetail' });

export const propositionListSchema = listAnswerSchema(propositionSchema, {}).meta({ id: 'PropositionList' });

export type PropositionAnswer = z.infer<typeof propositionSchema>;
export type PropositionVersionAnswer = z.infer<typeof propositionVersionSchema>;
export type PropositionDetail = z.infer<typeof propositionDetailSchema>;
export type RelationAnswer = z.infer<typeof relationAnswerSchema>;
export type PropositionList = z.infer<typeof propositionListSchema>;
