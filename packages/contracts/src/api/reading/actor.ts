import { z } from 'zod';

import { actorKindSchema, identifiersSchema, nameSchema } from '../../actor.ts';
import { idSchema } from '../../ids.ts';
import { dateAnswerSchema, listAnswerSchema, positionSchema } from './date.ts';
import { actorMembershipSchema, groupMemberSchema, officeHolderSchema } from './membership.ts';

const actorFields = {
  name: nameSchema,
  kind: actorKindSchema.optional().meta({ description: 'Absent: nobody has said yet what it is' }),
  identifiers: identifiersSchema.optional(),
  description: z.string().optional(),
} as const;

export const aliasAnswerSchema = z
  .strictObject({
    name: nameSchema,
    from: dateAnswerSchema.optional(),
    to: dateAnswerSchema.optional(),
    evidence: z.string().optional(),
  })
  .meta({
    id: 'AliasAnswer',
    description: 'A name, and from when to when it was in use, where that is known, and where it is attested',
  });

export const actorSchema = z
  .strictObject({
    id: idSchema,
    revision: z.int().min(0),
    ...actorFields,
    aliases: z.array(aliasAnswerSchema),
    mergedInto: idSchema.optional().meta({ description: 'The actor that it answers as' }),
  })
  .meta({ id: 'Actor', description: 'One who can hold a stance, with every name known' });

export const actorVersionSchema = z
  .strictObject({
    revision: z.int().min(0),
    position: positionSchema,
    ...actorFields,
    endedAt: positionSchema.optional().meta({ description: 'The event that replaced this version' }),
  })
  .meta({ id: 'ActorVersion' });

export const mergedFromSchema = z
  .strictObject({
    id: idSchema,
    name: nameSchema.optional(),
    into: idSchema.meta({ description: 'The actor that the merge named; it may itself be merged into another' }),
    reason: z.string().optional(),
    position: positionSchema.meta({ description: 'The event that says so' }),
  })
  .meta({ id: 'MergedFrom', description: 'An actor that answers as this one' });

const count = z.int().min(0);

export const actorDetailSchema = actorSchema
  .extend({
    mergedInto: idSchema.optional().meta({
      description:
        'The actor asked for was merged: this is the answer of the one that it answers as, which is named here',
    }),
    mergedFrom: z.array(mergedFromSchema),
    memberships: z.array(actorMembershipSchema).meta({
      description: 'What it belongs to, those of the day of `at` first, at most 200; `membershipCount` counts all',
    }),
    membershipCount: count,
    members: z.array(groupMemberSchema).meta({
      description: 'Who belongs to it, those of the day of `at` first, at most 200; `memberCount` counts all',
    }),
    memberCount: count,
    versions: z.array(actorVersionSchema),
    knownAt: positionSchema,
    at: dateAnswerSchema,
  })
  .meta({ id: 'ActorDetail' });

export const listedActorSchema = actorSchema
  .extend({
    heldBy: z
      .array(officeHolderSchema)
      .optional()
      .meta({ description: 'Of an office: who may have held it on the day of `at`, at most 20' }),
  })
  .meta({ id: 'ListedActor' });

export const actorListSchema = listAnswerSchema(listedActorSchema, { at: dateAnswerSchema }).meta({ id: 'ActorList' });

export type ActorAnswer = z.infer<typeof actorSchema>;
export type ActorVersionAnswer = z.infer<typeof actorVersionSchema>;
export type ActorDetail = z.infer<typeof actorDetailSchema>;
export type ListedActor = z.infer<typeof listedActorSchema>;
export type MergedFromAnswer = z.infer<typeof mergedFromSchema>;
export type ActorList = z.infer<typeof actorListSchema>;
