import { z } from 'zod';

import { nameSchema } from './actor.ts';
import { idSchema } from './ids.ts';
import { languageSchema } from './proposition.ts';

export const directionSchema = z.enum(['support', 'oppose', 'neutral', 'mixed', 'unclear']);
export const actSchema = z.enum(['assert', 'reaffirm', 'deny', 'pledge', 'decline', 'endorse', 'reject', 'disown', 'vote']);
export const authoritySchema = z.enum(['self', 'spokesperson', 'attributed', 'unnamed-source', 'inferred']);
export const partSchema = z.enum(['headline', 'lead', 'body', 'caption', 'teaser', 'record']);
export const directnessSchema = z.enum(['direct', 'indirect', 'paraphrase']);

const shareSchema = z.number().min(0).max(1);

/** Text that may run over lines, without other control characters. */
const textSchema = z.string().regex(/^(?:[^\p{Cc}]|[\t\n\r])*$/u, 'must not hold control characters');

/** A date as the client wrote it (EDTF level 1, or an instant); its form is checked by `checkStatement`. */
const edtfTextSchema = z.string().min(1).max(100);

export const reporterSchema = z.strictObject({
  actor: idSchema.optional(),
  name: nameSchema.optional(),
  verb: z.string().max(100).optional(),
});

export const sourceSchema = z.strictObject({
  id: idSchema.optional(),
  url: z.url().max(2000).optional(),
  publisher: nameSchema.optional(),
  title: nameSchema.optional(),
  publishedAt: edtfTextSchema.optional(),
  copyOf: idSchema.optional(),
  part: partSchema.optional(),
});

export const quoteSchema = z.strictObject({
  exact: textSchema.min(1).max(10_000),
  prefix: textSchema.max(1000).optional(),
  suffix: textSchema.max(1000).optional(),
  start: z.int().min(0).optional(),
  end: z.int().min(0).optional(),
  directness: directnessSchema,
});

/**
 * A statement as recorded: what was submitted, with the defaults of `act` and `authority` filled in and without the
 * caller's `id`. All other fields are kept exactly as given.
 */
export const statementContentSchema = z.strictObject({
  holder: idSchema,
  proposition: idSchema,
  direction: directionSchema.optional(),
  strength: shareSchema.optional(),
  certainty: shareSchema.optional(),
  act: actSchema,
  saidAt: edtfTextSchema.optional(),
  heldSince: edtfTextSchema.optional(),
  speaker: idSchema.optional(),
  authority: authoritySchema,
  reportedBy: z.array(reporterSchema).max(20).optional(),
  source: sourceSchema.optional(),
  quote: quoteSchema.optional(),
  utteranceId: idSchema.optional(),
  endorses: z.strictObject({ holder: idSchema, proposition: idSchema.optional() }).optional(),
  disowns: z.union([z.strictObject({ statementId: idSchema }), z.strictObject({ utteranceId: idSchema })]).optional(),
  condition: textSchema.min(1).max(2000).optional(),
  language: languageSchema.optional(),
  replaces: idSchema.optional(),
  extraction: z
    .strictObject({ method: z.string().min(1).max(200), by: nameSchema.optional(), confidence: shareSchema.optional() })
    .optional(),
});

export type StatementContent = z.infer<typeof statementContentSchema>;
