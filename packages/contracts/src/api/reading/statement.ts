import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { sourceSchema, statementContentSchema } from '../../statement.ts';
import { dateAnswerSchema, instantSchema, listAnswerSchema, positionSchema } from './date.ts';
import { groundSchema } from './ground.ts';

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
    propositionVersion: z.int().min(1).optional().meta({
      description: 'The version of its proposition that was the known one when the statement was first recorded',
    }),
    replaces: idSchema.optional(),
    replacedBy: z.array(idSchema).optional().meta({ description: 'The statements that stand for it from then on' }),
  })
  .meta({ id: 'Statement', description: 'A statement as it is known, in its last version' });

export const versionEndSchema = z
  .strictObject({ by: z.enum(['corrected', 'retracted', 'replaced']), position: positionSchema })
  .meta({ id: 'VersionEnd', description: 'Why a version is not the known one any more, and by which event' });

export const retractionSchema = z
  .strictObject({
    revision: z.int().min(0),
    position: positionSchema,
    recordedAt: instantSchema,
    reason: z.string(),
  })
  .meta({ id: 'Retraction' });

export const statementVersionSchema = z
  .strictObject({
    ...versionFields,
    ...saidFields,
    replaces: idSchema.optional(),
    reason: z.string().optional().meta({ description: 'Of the correction that made it' }),
    ended: versionEndSchema.optional(),
  })
  .meta({ id: 'StatementVersion', description: 'One version of a statement, and what ended it' });

export const disowningSchema = z
  .strictObject({
    effective: z.boolean(),
    statements: z
      .array(idSchema)
      .max(20)
      .optional()
      .meta({ description: 'What is taken back, where anything is: at most 20 of them' }),
    more: z.literal(true).optional().meta({ description: 'There are more than those' }),
    reason: z.enum(['nothing-known', 'of-another-holder', 'is-a-disowning', 'under-condition']).optional().meta({
      description:
        'Why nothing is. nothing-known: no statement of the holder that it names is known at this position, or none is any more (retracted, replaced); of-another-holder: somebody else’s; is-a-disowning: a disowning cannot be taken back; under-condition: it depends on something',
    }),
  })
  .meta({ id: 'Disowning', description: 'What a statement with the act disown takes back, as far as is known' });

export const statementDetailSchema = statementSchema
  .extend({
    disowning: disowningSchema.optional(),
    versions: z.array(statementVersionSchema),
    retraction: retractionSchema.optional(),
    knownAt: positionSchema,
  })
  .meta({ id: 'StatementDetail', description: 'A statement with every version of it that is known' });

export const statementListSchema = listAnswerSchema(statementSchema, { at: dateAnswerSchema }).meta({
  id: 'StatementList',
});

export const statementRoleSchema = z
  .enum([
    'opened',
    'confirmed',
    'supports',
    'opposes',
    'withdrew',
    'reaffirms',
    'repeats',
    'copy',
    'outvoted',
    'disputed',
    'unplaced',
    'disowned',
    'weighs-nothing',
  ])
  .meta({
    id: 'StatementRole',
    description:
      'What a statement did in its history. opened, confirmed, withdrew: its moment did that to a change; supports, opposes: it added to one side of a change under way; reaffirms: more of the same; repeats, copy: another account of what is counted already; outvoted: against the direction of its moment; disputed: of a contested moment in which no account prevails; unplaced: too vague a date; disowned: taken back by its holder',
  });

/** A statement in its history: what it weighs there, and what it did. */
export const historyStatementSchema = statementSchema
  .extend({
    weight: z.number().min(0).max(1),
    role: statementRoleSchema,
    placedAt: dateAnswerSchema.meta({ description: 'The day of the moment it belongs to' }),
    reaffirmation: z.boolean(),
    contested: z.boolean().meta({ description: 'Accounts of one utterance of that moment disagree' }),
    vague: z.boolean().meta({ description: 'Its date is vaguer than a day' }),
    ground: groundSchema.optional(),
    disownedBy: idSchema.optional().meta({ description: 'The statement by which its holder took it back' }),
  })
  .meta({ id: 'HistoryStatement', description: 'A statement in its history: what it weighs there, and what it did' });

export type StatementAnswer = z.infer<typeof statementSchema>;
export type StatementVersionAnswer = z.infer<typeof statementVersionSchema>;
export type DisowningAnswer = z.infer<typeof disowningSchema>;
export type StatementDetail = z.infer<typeof statementDetailSchema>;
export type StatementList = z.infer<typeof statementListSchema>;
export type HistoryStatementAnswer = z.infer<typeof historyStatementSchema>;
