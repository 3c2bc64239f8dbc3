import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { changeSchema } from './change.ts';
import { conditionalStanceSchema } from './conditional.ts';
import { dateAnswerSchema, listAnswerSchema, methodReferenceSchema } from './date.ts';
import { bandSchema, disputedAccountSchema, evidenceSchema } from './evidence.ts';
import { stanceDirectionSchema } from './stance-direction.ts';
import { impliedStanceSchema } from './implied.ts';
import { stanceStatusSchema } from './stance-status.ts';

/** Two accounts of one utterance that disagree: a headline against its body, one outlet against another. */
export const contestedMomentSchema = z
  .strictObject({
    at: dateAnswerSchema,
    prevailing: stanceDirectionSchema
      .nullable()
      .meta({ description: 'The direction whose accounts hold two thirds of the weight; null: none' }),
    weights: z.strictObject({
      support: z.number().min(0),
      oppose: z.number().min(0),
      neutral: z.number().min(0),
      mixed: z.number().min(0),
    }),
    accounts: z
      .array(disputedAccountSchema)
      .max(20)
      .meta({ description: 'At most the 20 weightiest, by statement id' }),
  })
  .meta({ id: 'ContestedMoment', description: 'A day on which accounts of one utterance disagree in direction' });

/** What one holder's stance on one proposition is, in itself. */
const stanceFields = {
  status: stanceStatusSchema,
  direction: stanceDirectionSchema.nullable().meta({ description: 'null: nothing that weighs was said by then' }),
  strength: bandSchema.nullable(),
  since: dateAnswerSchema.nullable(),
  claimedSince: dateAnswerSchema.optional().meta({
    description: 'Since when it is said to have been held, as the claim was worded, where that lies before `since`',
  }),
  claimedBy: idSchema.optional().meta({ description: 'The statement that claims it' }),
  provisional: changeSchema.optional().meta({ description: 'The change under way' }),
  contested: contestedMomentSchema.optional().meta({ description: 'The moment in dispute' }),
  statements: z.int().min(0).meta({ description: 'How many statements there are up to `at`' }),
  reaffirmations: z.int().min(0),
  lastSaidAt: dateAnswerSchema.nullable(),
  evidence: z
    .array(evidenceSchema)
    .max(20)
    .meta({ description: 'At most the 20 weightiest statements, in the order said' }),
  conditional: z
    .array(conditionalStanceSchema)
    .optional()
    .meta({ description: 'What was said under a condition, each by itself' }),
  implied: z
    .array(impliedStanceSchema)
    .max(20)
    .optional()
    .meta({ description: 'At most 20 stances that follow from those on related propositions, the nearest first' }),
  incomplete: z
    .literal(true)
    .optional()
    .meta({ description: 'Events of this history are parked: it may change for the same knownAt' }),
  method: methodReferenceSchema,
  links: z.strictObject({
    history: z.string(),
    statements: z.string().meta({ description: 'All statements of the history' }),
  }),
} as const;

export const holderAndPropositionFields = {
  holder: idSchema,
  holderName: z.string().optional(),
  proposition: idSchema,
  propositionText: z.string().optional(),
} as const;

export const stanceSchema = z
  .strictObject({ ...holderAndPropositionFields, ...stanceFields })
  .meta({ id: 'Stance', description: 'The stance of one holder on one proposition' });

export const stanceListSchema = listAnswerSchema(stanceSchema, {
  at: dateAnswerSchema,
  method: methodReferenceSchema,
}).meta({
  id: 'StanceList',
});

export type StanceAnswer = z.infer<typeof stanceSchema>;
export type StanceList = z.infer<typeof stanceListSchema>;
export type ContestedMomentAnswer = z.infer<typeof contestedMomentSchema>;
