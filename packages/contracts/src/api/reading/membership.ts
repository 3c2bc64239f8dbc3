import { z } from 'zod';

import { nameSchema } from '../../actor.ts';
import { idSchema } from '../../ids.ts';
import { dateAnswerSchema } from './date.ts';

const heldFields = {
  name: nameSchema.optional().meta({ description: 'Absent: nobody has registered that one yet' }),
  role: z.string().optional(),
  from: dateAnswerSchema.optional(),
  to: dateAnswerSchema.optional(),
} as const;

const memberFields = {
  ...heldFields,
  onBehalfOf: idSchema.optional(),
  current: z.boolean().meta({ description: 'Whether it may hold on the day of `at`' }),
} as const;

export const actorMembershipSchema = z
  .strictObject({ group: idSchema, ...memberFields })
  .meta({ id: 'ActorMembership', description: 'What an actor belongs to, or which office it holds' });

export const groupMemberSchema = z
  .strictObject({ actor: idSchema, ...memberFields })
  .meta({ id: 'GroupMember', description: 'Who belongs to a group, or holds an office' });

export const officeHolderSchema = z
  .strictObject({ actor: idSchema, ...heldFields })
  .meta({ id: 'OfficeHolder', description: 'Who held an office on the day of `at`' });

export type ActorMembershipAnswer = z.infer<typeof actorMembershipSchema>;
export type GroupMemberAnswer = z.infer<typeof groupMemberSchema>;
export type OfficeHolderAnswer = z.infer<typeof officeHolderSchema>;
