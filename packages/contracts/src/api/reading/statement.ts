import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { sourceSchema, statementContentSchema } from '../../statement.ts';
import { dateAnswerSchema, instantSchema, listAnswerSchema, positionSchema } from './date.ts';

export const statementStateSchema = z.enum(['active', 'corrected', 'retracted', 'replaced']);

/** What a statement says, its dates with the days they span and its defaults filled in. */
const saidFields = {
  ...statementContentSchema.omit({ saidAt: true, heldSince: true, source: true, replaces: true }).shape,
  saidAt: dateAnswerSchema.meta({ description: 'When it was said, cut off at its publication' }),
  saidAtAssumed: z
    .literal(true)
    .optional()
    .meta({ description: 'Nobody gave saidAt: the day of publication stands for it' }),
  heldSince: dateAnswerSchema.optional(),
  speaker: idSchema,
  source: sourceSchema.omit({ publishedAt: true }).extend({ publishedAt: dateAnswerSchema.optional() }).optional(),
} as const;

const versionFields = {
  revision: z.int().min(0),
  position: positionSchema.meta({ description: 'The event that made this version' }),
  recordedAt: instantSchema,
} as const;

export const statementSchema = z
  .strictObject({
    id: idSchema,
    state: statementStateSchema,
    ...versionFields,
    ...saidFields,
    replaces: idSchema.optional(),
    replacedBy: z.array(idSchema).optional().meta({ description: 'The statements that stand for it from then on' }),
  })
  .meta({ id: 'Statement', description: 'A statement as it is known, in its last version' });

/** Why a version is no longer the known one. */
export const versionEndSchema = z.strictObject({
  by: z.enum(['corrected', 'retracted', 'replaced']),
  position: positionSchema,
});

export const statementVersionSchema = z
  .strictObject({ ...versionFields, ...saidFields, replaces: idSchema.optional(), ended: versionEndSchema.optional() })
  .meta({ id: 'StatementVersion', description: 'One version of a statement, and what ended it' });

export const statementDetailSchema = statementSchema
  .extend({ versions: z.array(statementVersionSchema), knownAt: positionSchema })
  .meta({ id: 'StatementDetail', description: 'A statement with every version of it that is known' });

export const statementListSchema = listAnswerSchema(statementSchema, { at: dateAnswerSchema }).meta({
  id: 'StatementList',
});

/** A statement in its history: what it weighs there, and what became of it. */
export const historyStatementSchema = statementSchema
  .extend({
    weight: z.number().min(0).max(1),
    placedAt: dateAnswerSchema.optional().meta({ description: 'The day of the moment it belongs to' }),
    unplaced: z.literal(true).optional().meta({ description: 'Too vague a date to belong to a segment' }),
    contested: z.literal(true).optional().meta({ description: 'Another account of the same utterance disagrees' }),
  })
  .meta({ id: 'HistoryStatement' });

export type StatementAnswer = z.infer<typeof statementSchema>;
export type StatementVersionAnswer = z.infer<typeof statementVersionSchema>;
export type StatementDetail = z.infer<typeof statementDetailSchema>;
export type StatementList = z.infer<typeof statementListSchema>;
export type HistoryStatementAnswer = z.infer<typeof historyStatementSchema>;
