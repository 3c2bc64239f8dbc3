import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { dateAnswerSchema } from './date.ts';
import { stanceStatusSchema } from './stance-status.ts';

const sideSchema = z.enum(['support', 'oppose']);

export const relationTypeAnswerSchema = z.enum(['entails', 'contradicts', 'narrows']);

/** A stance that follows from one on a related proposition. It stands beside what was said, and never counts with it. */
export const impliedStanceSchema = z
  .strictObject({
    direction: sideSchema.meta({ description: 'What follows on this proposition' }),
    proposition: idSchema.meta({ description: 'The one that it follows from' }),
    propositionText: z.string().optional(),
    given: sideSchema.meta({ description: 'Where the holder stands there' }),
    status: stanceStatusSchema.meta({
      description: 'Of the stance there: what follows is never surer than its ground',
    }),
    since: dateAnswerSchema,
    path: z
      .array(z.strictObject({ from: idSchema, type: relationTypeAnswerSchema, to: idSchema }))
      .meta({ description: 'The relations from that proposition to this one' }),
    conflict: z.literal(true).optional().meta({ description: 'What was said of this proposition is the opposite' }),
  })
  .meta({ id: 'ImpliedStance', description: 'What follows from a stance on a related proposition' });

export type ImpliedStanceAnswer = z.infer<typeof impliedStanceSchema>;
