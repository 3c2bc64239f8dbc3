import { z } from 'zod';

import { edtfSchema } from './edtf-text.ts';
import { idSchema } from './ids.ts';
import { lineSchema } from './text.ts';

/** The body of `POST /v1/actors/{id}/memberships`. */
export const membershipSchema = z
  .strictObject({
    group: idSchema,
    role: lineSchema.max(500).optional(),
    from: edtfSchema.optional(),
    to: edtfSchema.optional(),
    onBehalfOf: idSchema.optional(),
  })
  .meta({
    id: 'Membership',
    description:
      'That an actor belongs to a group or holds an office, between which days (EDTF), as what, and on whose behalf. ' +
      'A later one with the same group, role and `from` replaces the earlier one, so that `to` can be filled in',
  });

export type Membership = z.infer<typeof membershipSchema>;
