import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { changeSchema } from './change.ts';
import { dateAnswerSchema, methodReferenceSchema, positionSchema } from './date.ts';
import { bandSchema } from './evidence.ts';
import { stanceDirectionSchema } from './stance-direction.ts';
import { stanceStatusSchema } from './stance-status.ts';

const standingSchema = z
  .strictObject({
    status: stanceStatusSchema,
    direction: stanceDirectionSchema.nullable(),
    strength: bandSchema.nullable(),
    since: dateAnswerSchema.nullable(),
  })
  .meta({ id: 'Standing', description: 'Where a holder stands, in short' });

export const holderStanceSchema = z
  .strictObject({
    holder: idSchema,
    proposition: idSchema,
    before: standingSchema
      .nullable()
      .optional()
      .meta({ description: 'As the period began: at the end of the day before `from`; absent without one' }),
    now: standingSchema.nullable().meta({ description: 'At the end of the period; null: nothing was said by then' }),
    incomplete: z.literal(true).optional().meta({ description: 'Events of this history are parked' }),
  })
  .meta({ id: 'HolderStance' });

export const moveSchema = changeSchema
  .pick({ id: true, holder: true, proposition: true, track: true, kind: true, from: true, to: true, at: true })
  .extend({ confirmedAt: dateAnswerSchema, openedBy: idSchema })
  .meta({ id: 'Move', description: 'A confirmed change within the period, in short' });

export const jointMoveSchema = z
  .strictObject({
    proposition: idSchema,
    to: stanceDirectionSchema,
    holders: z
      .array(z.strictObject({ holder: idSchema, days: z.array(dateAnswerSchema) }))
      .min(2)
      .meta({ description: 'Each two of them moved together; `days` are those of their changes' }),
  })
  .meta({ id: 'JointMove', description: 'Holders who went to the same direction on one proposition in the period' });

export const agreementSchema = z
  .strictObject({
    a: idSchema,
    b: idSchema,
    both: z.int().min(0).meta({ description: 'On so many propositions both have a stance that is not insufficient' }),
    agree: z.int().min(0).meta({ description: 'The same direction' }),
    oppose: z.int().min(0).meta({ description: 'Support against oppose' }),
    other: z.int().min(0).meta({ description: 'Different directions, one of them neutral or mixed' }),
    movedTogether: z
      .int()
      .min(0)
      .meta({ description: 'How often they went to the same direction on a proposition in the period' }),
  })
  .meta({ id: 'Agreement', description: 'How far two holders agree at the end of the period' });

export const holderComparisonSchema = z
  .strictObject({
    holders: z.array(z.strictObject({ id: idSchema, name: z.string().optional() })),
    propositions: z
      .array(z.strictObject({ id: idSchema, text: z.string().optional() }))
      .meta({ description: 'Those that one of the holders at least said something about' }),
    stances: z
      .array(holderStanceSchema)
      .meta({ description: 'By proposition, then in the order of the holders; where something was said only' }),
    first: z.array(moveSchema).meta({ description: 'Who took a first stance in the period' }),
    moved: z.array(moveSchema).meta({ description: 'Who changed in the period, in the order of the days' }),
    movedTogether: z.array(jointMoveSchema),
    agreement: z
      .array(agreementSchema)
      .optional()
      .meta({ description: 'Each pair of holders once; absent where there are more than 50 holders' }),
    period: z.strictObject({ from: dateAnswerSchema.nullable(), to: dateAnswerSchema }),
    incomplete: z.literal(true).optional(),
    knownAt: positionSchema,
    method: methodReferenceSchema,
  })
  .meta({
    id: 'HolderComparison',
    description: 'Who stands where, who moved, who moved with whom, and who agrees with whom',
  });

export type HolderComparisonAnswer = z.infer<typeof holderComparisonSchema>;
export type HolderStanceAnswer = z.infer<typeof holderStanceSchema>;
export type MoveAnswer = z.infer<typeof moveSchema>;
export type AgreementAnswer = z.infer<typeof agreementSchema>;
