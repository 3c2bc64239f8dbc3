import { z } from 'zod';

import { aliasSchema, identifiersSchema, actorKindSchema, nameSchema } from '../actor.ts';
import { idSchema } from '../ids.ts';
import { linesSchema } from '../text.ts';
import { firstVersion, nextVersion } from './event-type.ts';

/**
 * The whole of what is said of the actor from now on; aliases added one by one stay. `kind` is absent where nobody has said
 * what it is.
 */
export const actorRevisedSchema = z.strictObject({
  actorId: idSchema,
  name: nameSchema,
  kind: actorKindSchema.optional(),
  aliases: z.array(aliasSchema).optional(),
  identifiers: identifiersSchema.optional(),
  description: linesSchema.optional(),
});

const actorRegisteredFirst = actorRevisedSchema;

export const actorRegisteredSchema = z.strictObject({
  ...actorRegisteredFirst.shape,
  /** Registered under its id alone (`createMissing`): nobody has said who it is, and its name is its id. */
  inPassing: z.boolean(),
});

export const actorRegistered = nextVersion(firstVersion(actorRegisteredFirst, ['actorId', 'name']), {
  schema: actorRegisteredSchema,
  change:
    'says `inPassing` whether the actor was only named by a statement (`createMissing`), so that its id is no name yet; ' +
    'before, that followed from the absence of `kind`',
  upcast: (data) => ({ ...data, inPassing: data.kind === undefined }),
});

const actorAliasAddedFirst = z.strictObject({ actorId: idSchema, ...aliasSchema.shape });

export const actorAliasAddedSchema = z.strictObject({ actorId: idSchema, alias: aliasSchema });

export const actorAliasAdded = nextVersion(firstVersion(actorAliasAddedFirst, ['actorId', 'name']), {
  schema: actorAliasAddedSchema,
  change:
    'holds the alias as one object, in the shape of `aliases` elsewhere; before, its fields stood beside `actorId`, where ' +
    '`name` is in all other events the name of the actor',
  upcast: ({ actorId, ...alias }) => ({ actorId, alias }),
  identity: ['actorId', 'alias'],
});

export type ActorRegisteredData = z.infer<typeof actorRegisteredSchema>;
export type ActorRevisedData = z.infer<typeof actorRevisedSchema>;
export type ActorAliasAddedData = z.infer<typeof actorAliasAddedSchema>;
