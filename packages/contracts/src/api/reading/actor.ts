import { z } from 'zod';

import { actorKindSchema, identifiersSchema, nameSchema } from '../../actor.ts';
import { idSchema } from '../../ids.ts';
import { dateAnswerSchema, listAnswerSchema, positionSchema } from './date.ts';

const actorFields = {
  name: nameSchema,
  kind: actorKindSchema.optional().meta({ description: 'Absent: nobody has said yet what it is' }),
  identifiers: identifiersSchema.optional(),
  description: z.string().optional(),
} as const;

export const aliasAnswerSchema = z
  .strictObject({ name: nameSchema, from: dateAnswerSchema.optional(), to: dateAnswerSchema.optional() })
  .meta({ id: 'AliasAnswer', description: 'A name, and from when to when it was in use, where that is known' });

export const actorSchema = z
  .strictObject({ id: idSchema, revision: z.int().min(0), ...actorFields, aliases: z.array(aliasAnswerSchema) })
  .meta({ id: 'Actor', description: 'One who can hold a stance, with every name known' });

export const actorVersionSchema = z
  .strictObject({
    revision: z.int().min(0),
    position: positionSchema,
    ...actorFields,
    endedAt: positionSchema.optional().meta({ description: 'The event that replaced this version' }),
  })
  .meta({ id: 'ActorVersion' });

export const actorDetailSchema = actorSchema
  .extend({ versions: z.array(actorVersionSchema), knownAt: positionSchema })
  .meta({ id: 'ActorDetail' });

export const actorListSchema = listAnswerSchema(actorSchema, {}).meta({ id: 'ActorList' });

export type ActorAnswer = z.infer<typeof actorSchema>;
export type ActorVersionAnswer = z.infer<typeof actorVersionSchema>;
export type ActorDetail = z.infer<typeof actorDetailSchema>;
export type ActorList = z.infer<typeof actorListSchema>;
