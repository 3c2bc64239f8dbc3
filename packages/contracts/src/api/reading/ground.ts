import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { directionSchema } from '../../statement-words.ts';
import { dateAnswerSchema } from './date.ts';
import { stanceDirectionSchema } from './stance-direction.ts';
import { stanceStatusSchema } from './stance-status.ts';

/** What an endorsement or a rejection rests on: the stance of another holder as of the day it was said. */
export const groundSchema = z
  .strictObject({
    direction: directionSchema.meta({ description: 'What the statement comes to' }),
    reason: z.enum(['endorsed', 'rejected', 'no-stance', 'insufficient', 'rejects-no-side', 'own-stance']).meta({
      description:
        'no-stance, insufficient: there was nothing, or too little, to point at; rejects-no-side: what is neutral or ' +
        'mixed was rejected; own-stance: by a merge it is the holder’s own',
    }),
    weight: z.number().min(0).meta({ description: 'What stood behind the stance seen: the statement weighs no more' }),
    seen: z
      .strictObject({
        status: stanceStatusSchema,
        direction: stanceDirectionSchema,
        since: dateAnswerSchema,
        openedBy: idSchema,
      })
      .optional(),
    path: z
      .array(z.strictObject({ holder: idSchema, proposition: idSchema }))
      .min(1)
      .max(20)
      .meta({ description: 'From the stance it points at to the one that this rests on in the end' }),
  })
  .meta({ id: 'Ground', description: 'What an endorsement or a rejection rests on' });

export type GroundAnswer = z.infer<typeof groundSchema>;
