import { z } from 'zod';

import { directionSchema } from '../../statement-words.ts';
import { dateAnswerSchema, listAnswerSchema, methodReferenceSchema } from './date.ts';
import { accountFields } from './evidence.ts';
import { stanceDirectionSchema } from './stance-direction.ts';
import { contestedMomentSchema, holderAndPropositionFields } from './stance.ts';

export const disputeKindSchema = z.enum(['headline-against-text', 'outlets', 'same-document', 'accounts']).meta({
  id: 'DisputeKind',
  description:
    'Between whom, the first that fits: a headline, teaser or caption against the running text of its document; one publisher against another; one document with itself; just two accounts',
});

export const resolutionSchema = z
  .strictObject({
    at: dateAnswerSchema,
    direction: stanceDirectionSchema,
    effect: z.enum(['opened', 'confirmed', 'withdrew', 'reaffirms']).meta({
      description:
        'opened: it opened and confirmed a change at once; confirmed: it confirmed one under way; withdrew: it withdrew one in favour of what is confirmed; reaffirms: it is more of what is confirmed',
    }),
    by: z
      .array(z.strictObject({ direction: directionSchema.optional(), ...accountFields }))
      .max(20)
      .meta({ description: 'The statements that did it, at most the 20 weightiest, by id' }),
  })
  .meta({
    id: 'Resolution',
    description: 'What settled a contested moment: the first later, uncontested day that tells one of its directions',
  });

const disputeFields = {
  kind: disputeKindSchema,
  resolved: resolutionSchema.nullable().meta({ description: 'What settled it since; null: it stands open' }),
} as const;

export const disputeSchema = contestedMomentSchema.extend(disputeFields).meta({
  id: 'Dispute',
  description: 'A contested moment: the accounts, what each weighs, which prevails, and what settled it since',
});

export const contestedItemSchema = z
  .strictObject({
    ...holderAndPropositionFields,
    ...contestedMomentSchema.shape,
    ...disputeFields,
    incomplete: z.literal(true).optional().meta({ description: 'Events of this history are parked' }),
  })
  .meta({ id: 'HolderDispute', description: 'A contested moment, and whose it is about what' });

export const contestedListSchema = listAnswerSchema(contestedItemSchema, { method: methodReferenceSchema }).meta({
  id: 'ContestedList',
});

export type DisputeAnswer = z.infer<typeof disputeSchema>;
export type ContestedItem = z.infer<typeof contestedItemSchema>;
export type ContestedList = z.infer<typeof contestedListSchema>;
