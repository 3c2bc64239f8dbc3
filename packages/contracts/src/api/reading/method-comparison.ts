import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { directionSchema } from '../../statement-words.ts';
import { changeSchema } from './change.ts';
import { dateAnswerSchema, listAnswerSchema, methodReferenceSchema } from './date.ts';
import { evidenceSchema } from './evidence.ts';
import { holderAndPropositionFields, stanceSchema } from './stance.ts';
import { statementRoleSchema } from './statement.ts';

/** Where the holder stands by one of the methods. */
export const stanceByMethodSchema = stanceSchema
  .pick({ status: true, direction: true, strength: true, since: true })
  .meta({ id: 'StanceByMethod', description: 'What a stance comes to by one of two methods' });

export const changeByMethodSchema = changeSchema
  .pick({ id: true, track: true, kind: true, from: true, to: true, at: true })
  .extend(changeSchema.pick({ confirmedAt: true, withdrawnAt: true, status: true, openedBy: true }).shape)
  .meta({ id: 'ChangeByMethod', description: 'A change as one of two methods has it' });

export const numberDifferenceSchema = z
  .strictObject({ name: z.string(), a: z.number(), b: z.number() })
  .meta({ id: 'NumberDifference', description: 'A number that two methods have differently' });

const weightByMethodSchema = z
  .strictObject({ weight: z.number().min(0).max(1), role: statementRoleSchema })
  .meta({ id: 'WeightByMethod', description: 'What a statement weighs and did by one of two methods' });

export const statementByMethodsSchema = z
  .strictObject({
    statementId: idSchema,
    direction: directionSchema.optional(),
    saidAt: dateAnswerSchema,
    quote: evidenceSchema.shape.quote,
    a: weightByMethodSchema,
    b: weightByMethodSchema,
    factors: z
      .array(z.strictObject({ name: z.string(), value: z.string(), a: z.number(), b: z.number() }))
      .meta({ description: 'What the weights are products of' }),
  })
  .meta({
    id: 'StatementByMethods',
    description: 'A statement that weighs, or does, something else by the other method',
  });

export const methodComparisonSchema = z
  .strictObject({
    ...holderAndPropositionFields,
    a: stanceByMethodSchema.nullable().meta({ description: 'null: nothing was said up to `at`' }),
    b: stanceByMethodSchema.nullable(),
    changes: z
      .array(z.strictObject({ a: changeByMethodSchema.nullable(), b: changeByMethodSchema.nullable() }))
      .max(20)
      .meta({
        description:
          'At most 20 changes that only one of them has (null for the other), or that it sees differently, by day',
      }),
    differentChanges: z.int().min(0).meta({ description: 'How many there are in all' }),
    numbers: z
      .array(numberDifferenceSchema)
      .meta({ description: 'The numbers that differ and can make a difference to this history' }),
    statements: z
      .array(statementByMethodsSchema)
      .max(10)
      .meta({ description: 'At most the 10 weightiest statements that weigh, or do, something else' }),
    differentStatements: z.int().min(0).meta({ description: 'How many there are in all' }),
    incomplete: z.literal(true).optional().meta({ description: 'Events of this history are parked' }),
  })
  .meta({ id: 'MethodComparison', description: 'A history that comes to something else by another method, and why' });

export const methodComparisonListSchema = listAnswerSchema(methodComparisonSchema, {
  at: dateAnswerSchema,
  a: methodReferenceSchema,
  b: methodReferenceSchema,
  numbers: z.array(numberDifferenceSchema).meta({ description: 'All numbers in which the methods differ' }),
}).meta({ id: 'MethodComparisonList' });

export type StanceByMethodAnswer = z.infer<typeof stanceByMethodSchema>;
export type ChangeByMethodAnswer = z.infer<typeof changeByMethodSchema>;
export type StatementByMethodsAnswer = z.infer<typeof statementByMethodsSchema>;
export type NumberDifferenceAnswer = z.infer<typeof numberDifferenceSchema>;
export type MethodComparisonAnswer = z.infer<typeof methodComparisonSchema>;
export type MethodComparisonList = z.infer<typeof methodComparisonListSchema>;
