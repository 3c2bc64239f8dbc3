import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { sourceSchema } from '../../statement.ts';
import { dateAnswerSchema } from './date.ts';
import { accountFields } from './evidence.ts';
import { stanceDirectionSchema } from './stance-direction.ts';

/**
 * One document that says of a person another thing than of the office or government that this person heads: no dispute of
 * one holder, and yet two accounts that a reader should see beside each other.
 */
export const acrossHoldersSchema = z
  .strictObject({
    source: sourceSchema
      .pick({ id: true, url: true, publisher: true, title: true })
      .extend({ publishedAt: dateAnswerSchema.optional() }),
    accounts: z
      .array(
        z.strictObject({
          holder: idSchema,
          holderName: z.string().optional(),
          direction: stanceDirectionSchema,
          ...accountFields,
        }),
      )
      .max(20),
  })
  .meta({
    id: 'AcrossHolders',
    description: 'Accounts of one document that differ between a person and an office or a group that the person heads',
  });

export type AcrossHoldersAnswer = z.infer<typeof acrossHoldersSchema>;
