import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { dateAnswerSchema } from './date.ts';
import { stanceDirectionSchema } from './stance-direction.ts';
import { stanceStatusSchema } from './stance-status.ts';

/** A member of a group who stands elsewhere than the group. It moves the member, never the group. */
export const dissentSchema = z
  .strictObject({
    member: idSchema,
    name: z.string().optional(),
    role: z.string().optional(),
    direction: stanceDirectionSchema,
    status: stanceStatusSchema,
    since: dateAnswerSchema,
  })
  .meta({ id: 'Dissent', description: 'A member whose own stance has another direction than that of the group' });

export type DissentAnswer = z.infer<typeof dissentSchema>;
