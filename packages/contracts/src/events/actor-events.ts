import { z } from 'zod';

import { aliasSchema, identifiersSchema, actorKindSchema, nameSchema } from '../actor.ts';
import { idSchema } from '../ids.ts';
import { linesSchema } from '../text.ts';

/** `kind` is absent where the actor was registered in passing (`createMissing`) and nobody has said yet what it is. */
export const actorRegisteredSchema = z.strictObject({
  actorId: idSchema,
  name: nameSchema,
  kind: actorKindSchema.optional(),
  aliases: z.array(aliasSchema).optional(),
  identifiers: identifiersSchema.optional(),
  description: linesSchema.optional(),
});

/** The whole of what is said of the actor from now on; aliases added one by one stay. */
export const actorRevisedSchema = actorRegisteredSchema;

export const actorAliasAddedSchema = z.strictObject({ actorId: idSchema, ...aliasSchema.shape });

export type ActorRegisteredData = z.infer<typeof actorRegisteredSchema>;
export type ActorRevisedData = z.infer<typeof actorRevisedSchema>;
export type ActorAliasAddedData = z.infer<typeof actorAliasAddedSchema>;
