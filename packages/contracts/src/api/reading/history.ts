import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { streamNameSchema } from '../../skip.ts';
import { acrossHoldersSchema } from './across-holders.ts';
import { changeSchema } from './change.ts';
import { disputeSchema } from './dispute.ts';
import { dateAnswerSchema, methodReferenceSchema, positionSchema } from './date.ts';
import { bandSchema } from './evidence.ts';
import { saysAndDoesSchema } from './says-and-does.ts';
import { stanceDirectionSchema } from './stance-direction.ts';
import { holderAndPropositionFields, stanceSchema } from './stance.ts';
import { stanceStatusSchema } from './stance-status.ts';
import { historyStatementSchema } from './statement.ts';

export const segmentSchema = z
  .strictObject({
    direction: stanceDirectionSchema,
    strength: bandSchema.nullable(),
    from: dateAnswerSchema,
    to: dateAnswerSchema.nullable().meta({ description: 'Its last day; null: it lasts' }),
    status: stanceStatusSchema,
    contested: z.boolean().meta({ description: 'A moment in it is contested' }),
    since: dateAnswerSchema.meta({
      description: 'Since when the direction holds: before `from` where only the strength changed',
    }),
    claimedSince: dateAnswerSchema.optional(),
    claimedBy: idSchema.optional(),
    weight: z.number().min(0).meta({ description: 'What its independent moments add up to' }),
  })
  .meta({ id: 'Segment', description: 'A span of constant stance' });

export const historySchema = z
  .strictObject({
    ...holderAndPropositionFields,
    stance: stanceSchema
      .nullable()
      .meta({ description: 'The stance at `at`; null: there are no statements up to then' }),
    segments: z.array(segmentSchema),
    changes: z.array(changeSchema),
    contested: z.array(disputeSchema),
    saysAndDoes: saysAndDoesSchema
      .optional()
      .meta({ description: 'Only where there are both votes and words that weigh' }),
    acrossHolders: z
      .array(acrossHoldersSchema)
      .max(20)
      .optional()
      .meta({ description: 'Documents that tell it otherwise of somebody whom the holder heads, or who heads him' }),
    statements: z.strictObject({
      items: z.array(historyStatementSchema),
      next: z.string().optional().meta({ description: 'The `after` of the next page of statements' }),
    }),
    incomplete: z.literal(true).optional(),
    parked: z.array(streamNameSchema).max(20).optional().meta({
      description: 'The streams of which parked events keep it from being complete: `stance parked show` tells of each',
    }),
    at: dateAnswerSchema,
    knownAt: positionSchema,
    method: methodReferenceSchema,
  })
  .meta({
    id: 'StanceHistory',
    description: 'What one holder said about one proposition by day, those of one day by id, and what follows from it',
  });

export type SegmentAnswer = z.infer<typeof segmentSchema>;
export type HistoryAnswer = z.infer<typeof historySchema>;
