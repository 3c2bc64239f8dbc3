import { z } from 'zod';

import { dateAnswerSchema } from './date.ts';
import { bandSchema, evidenceSchema } from './evidence.ts';
import { stanceDirectionSchema } from './stance-direction.ts';
import { stanceStatusSchema } from './stance-status.ts';

/** What was said to depend on something: it neither confirms nor changes the stance without the condition. */
export const conditionalStanceSchema = z
  .strictObject({
    condition: z.string().meta({ description: 'In the words of the statement with the lowest id' }),
    status: stanceStatusSchema,
    direction: stanceDirectionSchema.nullable(),
    strength: bandSchema.nullable(),
    since: dateAnswerSchema.nullable(),
    statements: z.int().min(0),
    reaffirmations: z.int().min(0),
    evidence: z.array(evidenceSchema).max(20),
  })
  .meta({ id: 'ConditionalStance', description: 'A stance under one condition, with sums of its own' });

export type ConditionalStanceAnswer = z.infer<typeof conditionalStanceSchema>;
