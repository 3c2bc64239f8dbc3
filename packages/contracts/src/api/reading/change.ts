import { z } from 'zod';

import { changeKinds, changeStatuses } from '../../choices.ts';
import { idSchema } from '../../ids.ts';
import { dateAnswerSchema, instantSchema, listAnswerSchema, methodReferenceSchema } from './date.ts';
import { bandSchema, evidenceSchema } from './evidence.ts';
import { dayRange, historyFilter, listSchema } from './parameters.ts';
import { stanceDirectionSchema } from './stance-direction.ts';

export const changeIdSchema = z.string().regex(/^c-[0-9a-f]{32}$/, 'must be the id of a change: c- and 32 hex digits');

export const changeKindSchema = z.enum(changeKinds);

export const changeStatusSchema = z.enum(changeStatuses);

/** What changes are chosen by, in the list and in the stream. */
export const changesFilter = {
  ...historyFilter,
  kind: listSchema(changeKindSchema).optional().meta({ description: 'One kind, or several separated by commas' }),
  status: listSchema(changeStatusSchema).optional().meta({ description: 'One status, or several separated by commas' }),
  ...dayRange,
} as const;

export const stanceSideSchema = z
  .strictObject({ direction: stanceDirectionSchema, strength: bandSchema.nullable() })
  .meta({ id: 'StanceSide', description: 'What a change leads from or to' });

/** A change of a stance, as every interface gives it. */
export const changeSchema = z
  .strictObject({
    id: changeIdSchema,
    holder: idSchema,
    proposition: idSchema,
    track: z.enum(['direction', 'strength']),
    kind: changeKindSchema,
    from: stanceSideSchema.nullable().meta({ description: 'null: `first`' }),
    to: stanceSideSchema,
    at: dateAnswerSchema.meta({ description: 'The day of the moment that opened it' }),
    confirmedAt: dateAnswerSchema.optional(),
    withdrawnAt: dateAnswerSchema.optional(),
    status: changeStatusSchema,
    openedBy: idSchema.meta({ description: 'The opening statement' }),
    evidence: z.array(evidenceSchema).max(20),
    detectedAt: instantSchema.nullable().meta({ description: 'When it was first published; null: not yet' }),
    revision: z
      .int()
      .min(0)
      .nullable()
      .meta({ description: 'How often it was published again since it was detected; null: not published yet' }),
    condition: z
      .string()
      .optional()
      .meta({ description: 'The words of the condition that the stance was said to depend on' }),
    disownedBy: idSchema
      .optional()
      .meta({ description: 'Of a withdrawn change: the statement by which the holder took back what opened it' }),
    method: methodReferenceSchema,
    incomplete: z.literal(true).optional().meta({ description: 'Events of this history are parked' }),
  })
  .meta({ id: 'StanceChange', description: 'A step between two segments of a stance history' });

export const listedChangeSchema = changeSchema
  .extend({ holderName: z.string().optional(), propositionText: z.string().optional() })
  .meta({ id: 'ListedStanceChange', description: 'A change, with whose it is and on what in words' });

export const changeListSchema = listAnswerSchema(listedChangeSchema, { method: methodReferenceSchema }).meta({
  id: 'StanceChangeList',
});

export type ChangeAnswer = z.infer<typeof changeSchema>;
export type ListedChange = z.infer<typeof listedChangeSchema>;
export type ChangeList = z.infer<typeof changeListSchema>;
