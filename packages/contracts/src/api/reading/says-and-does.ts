import { z } from 'zod';

import { dateAnswerSchema } from './date.ts';
import { bandSchema } from './evidence.ts';
import { stanceDirectionSchema } from './stance-direction.ts';
import { stanceStatusSchema } from './stance-status.ts';

export const sideSchema = z
  .strictObject({
    direction: stanceDirectionSchema.nullable().meta({ description: 'At `at`; null: none by then' }),
    status: stanceStatusSchema,
    strength: bandSchema.nullable(),
    since: dateAnswerSchema.nullable(),
    statements: z.int().min(0).meta({ description: 'How many there are up to `at`' }),
    reaffirmations: z.int().min(0),
    segments: z.array(
      z.strictObject({
        direction: stanceDirectionSchema,
        strength: bandSchema.nullable(),
        from: dateAnswerSchema,
        to: dateAnswerSchema.nullable().meta({ description: 'Its last day; null: it lasts' }),
        status: stanceStatusSchema,
      }),
    ),
  })
  .meta({ id: 'StanceSideBySide', description: 'What the votes alone, or the words alone, come to' });

export const saysAndDoesSchema = z
  .strictObject({
    says: sideSchema.meta({ description: 'All that is no vote' }),
    does: sideSchema.meta({ description: 'The votes' }),
    parts: z
      .array(
        z.strictObject({
          from: dateAnswerSchema,
          to: dateAnswerSchema.nullable().meta({ description: 'Its last day; null: it lasts' }),
          says: stanceDirectionSchema,
          does: stanceDirectionSchema,
        }),
      )
      .meta({ description: 'The stretches of days on which the two differ, neither being insufficient' }),
  })
  .meta({ id: 'SaysAndDoes', description: 'Words and votes side by side, each told by itself, and where they part' });

export type SaysAndDoesAnswer = z.infer<typeof saysAndDoesSchema>;
