import { z } from 'zod';

import { nameSchema } from './actor.ts';
import { idSchema } from './ids.ts';

/** What is said of a topic: the body of `PUT /v1/topics/{id}`. */
export const topicInputSchema = z
  .strictObject({
    name: nameSchema,
    aliases: z.array(nameSchema).max(200).optional(),
    parent: idSchema.optional(),
  })
  .meta({ id: 'TopicInput', description: 'A subject area, its further names, and the topic that it is a part of' });

export type TopicInput = z.infer<typeof topicInputSchema>;
