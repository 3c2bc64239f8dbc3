import { z } from 'zod';

import { actorKinds } from './choices.ts';

import { choiceSchema } from './choice.ts';
import { edtfSchema } from './edtf-text.ts';
import { lineSchema, linesSchema } from './text.ts';

/** A name as people write it: one line of any Unicode text. */
export const nameSchema = lineSchema.max(500);

export const actorKindSchema = choiceSchema(actorKinds);

/** A further name, the days (EDTF) between which it was used, and where it is attested. */
export const aliasSchema = z
  .strictObject({
    name: nameSchema,
    from: edtfSchema.optional(),
    to: edtfSchema.optional(),
    evidence: linesSchema.min(1).max(2000).optional(),
  })
  .meta({
    id: 'Alias',
    description: 'A further name, the days (EDTF) between which it was used, and where it is attested (`evidence`)',
  });

/** Ids elsewhere, by scheme: `{ "wikidata": "Q6279" }`. */
export const identifiersSchema = z.record(
  z.string().regex(/^[A-Za-z][A-Za-z0-9._-]{0,99}$/, 'must match [A-Za-z][A-Za-z0-9._-]{0,99}'),
  lineSchema.max(500),
);

/** What is said of an actor: the body of `PUT /v1/actors/{id}`. */
export const actorInputSchema = z
  .strictObject({
    name: nameSchema,
    kind: actorKindSchema,
    aliases: z.array(aliasSchema).max(200).optional(),
    identifiers: identifiersSchema.optional(),
    description: linesSchema.max(10_000).optional(),
  })
  .meta({ id: 'ActorInput', description: 'Who an actor is' });

export type ActorKind = z.infer<typeof actorKindSchema>;
export type Alias = z.infer<typeof aliasSchema>;
export type ActorInput = z.infer<typeof actorInputSchema>;
