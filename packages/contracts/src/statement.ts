import { z } from 'zod';

import { nameSchema } from './actor.ts';
import { choiceSchema } from './choice.ts';
import { edtfSchema } from './edtf-text.ts';
import { idSchema } from './ids.ts';
import { languageSchema } from './proposition.ts';
import { linesSchema } from './text.ts';

export const directionSchema = z
  .enum(['support', 'oppose', 'neutral', 'mixed', 'unclear'])
  .meta({ id: 'Direction', description: 'Silence, "no comment" and absence are never a direction' });
export const actSchema = z
  .enum(['assert', 'reaffirm', 'deny', 'pledge', 'decline', 'endorse', 'reject', 'disown', 'vote'])
  .meta({ id: 'Act' });
export const authoritySchema = z
  .enum(['self', 'spokesperson', 'attributed', 'unnamed-source', 'inferred'])
  .meta({ id: 'Authority', description: 'With what standing the words were said for the holder' });
export const partSchema = z.enum(['headline', 'lead', 'body', 'caption', 'teaser', 'record']);
export const directnessSchema = choiceSchema(['direct', 'indirect', 'paraphrase']);

const shareSchema = z.number().min(0).max(1);

/** One link of the chain of reporters. */
export const reporterSchema = z.strictObject({
  actor: idSchema.optional(),
  name: nameSchema.optional(),
  verb: nameSchema.max(100).optional(),
});

export const sourceSchema = z
  .strictObject({
    id: idSchema.optional(),
    url: z
      .string()
      .max(2000)
      .regex(/^https?:\/\/[^\s\p{Cc}\p{Cs}]+$/u, 'must be an http or https URL')
      .optional(),
    publisher: nameSchema.optional(),
    title: nameSchema.optional(),
    publishedAt: edtfSchema.optional(),
    copyOf: idSchema.optional(),
    part: partSchema.optional(),
  })
  .meta({
    id: 'Source',
    description: 'The document in which it was read; `copyOf` names the original of a syndicated copy',
  });

export const quoteSchema = z
  .strictObject({
    exact: linesSchema.min(1).max(10_000),
    prefix: linesSchema.max(1000).optional(),
    suffix: linesSchema.max(1000).optional(),
    start: z.int().min(0).optional(),
    end: z.int().min(0).optional(),
    directness: directnessSchema,
  })
  .meta({ id: 'Quote', description: 'The words; `start` and `end` are UTF-16 offsets into the text of the document' });

export const endorsesSchema = z.strictObject({ holder: idSchema, proposition: idSchema.optional() });
export const disownsSchema = z.union([
  z.strictObject({ statementId: idSchema }),
  z.strictObject({ utteranceId: idSchema }),
]);
export const extractionSchema = z.strictObject({
  method: nameSchema.max(200),
  by: nameSchema.optional(),
  confidence: shareSchema.optional(),
});

/** All fields of a statement but those that name it; the same for what is submitted and what is recorded. */
const fields = {
  direction: directionSchema.optional(),
  strength: shareSchema.optional(),
  certainty: shareSchema.optional(),
  saidAt: edtfSchema.optional(),
  heldSince: edtfSchema.optional(),
  speaker: idSchema.optional(),
  reportedBy: z.array(reporterSchema).max(20).optional(),
  source: sourceSchema.optional(),
  quote: quoteSchema.optional(),
  utteranceId: idSchema.optional(),
  endorses: endorsesSchema.optional(),
  disowns: disownsSchema.optional(),
  condition: linesSchema.min(1).max(2000).optional(),
  language: languageSchema.optional(),
  replaces: idSchema.optional(),
  extraction: extractionSchema.optional(),
};

/**
 * A statement as recorded: what was submitted, with the defaults of `act` and `authority` filled in and without the
 * caller's `id`. All other fields are kept exactly as given.
 */
export const statementContentSchema = z
  .strictObject({ holder: idSchema, proposition: idSchema, act: actSchema, authority: authoritySchema, ...fields })
  .meta({ id: 'StatementContent', description: 'A statement as recorded' });

/** A statement as submitted. The rules across its fields are those of `checkStatement`. */
export const statementInputSchema = z
  .strictObject({
    id: idSchema.optional(),
    holder: idSchema,
    proposition: idSchema,
    act: actSchema.optional(),
    authority: authoritySchema.optional(),
    ...fields,
  })
  .meta({
    id: 'StatementInput',
    description:
      'One utterance by, or attributed to, one actor about one proposition. `act` is `assert` where absent; ' +
      '`authority` is `self`, or `attributed` where a speaker other than the holder is given.',
  });

export type StatementContent = z.infer<typeof statementContentSchema>;
export type StatementInput = z.infer<typeof statementInputSchema>;
