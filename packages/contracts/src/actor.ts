import { z } from 'zod';

/** A name as people write it: any Unicode text without control characters. */
export const nameSchema = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters')
  .refine((name) => name.trim().length > 0, 'must not be blank');

export const actorKindSchema = z.enum(['person', 'office', 'organization', 'country', 'group']);

/** A further name, and the days (EDTF) between which it was used. */
export const aliasSchema = z.strictObject({
  name: nameSchema,
  from: z.string().optional(),
  to: z.string().optional(),
});

/** Ids elsewhere, by scheme: `{ "wikidata": "Q6279" }`. */
export const identifiersSchema = z.record(z.string().min(1).max(100), z.string().min(1).max(500));

export type ActorKind = z.infer<typeof actorKindSchema>;
export type Alias = z.infer<typeof aliasSchema>;
