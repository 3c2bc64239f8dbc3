import { z } from 'zod';

import { nameSchema } from '../../actor.ts';
import { idSchema } from '../../ids.ts';
import { listAnswerSchema, positionSchema } from './date.ts';

const namedTopicSchema = z.strictObject({ id: idSchema, name: nameSchema }).meta({ id: 'NamedTopic' });

const countSchema = z.int().min(0);

export const topicSchema = z
  .strictObject({
    id: idSchema,
    name: nameSchema,
    aliases: z.array(nameSchema),
    parent: idSchema.optional(),
    undescribed: z
      .literal(true)
      .optional()
      .meta({ description: 'Nobody has said what it is: propositions stand under it, and its name is its id' }),
    path: z.array(namedTopicSchema).meta({ description: 'The topics above it, from the root down' }),
    propositions: z
      .strictObject({ direct: countSchema, total: countSchema })
      .meta({ description: 'How many stand under it: directly, and with all topics below it, each once' }),
  })
  .meta({ id: 'Topic', description: 'A subject area' });

export const topicDetailSchema = topicSchema
  .extend({ children: z.array(namedTopicSchema), knownAt: positionSchema })
  .meta({ id: 'TopicDetail' });

export const topicListSchema = listAnswerSchema(topicSchema, {}).meta({ id: 'TopicList' });

export type TopicAnswer = z.infer<typeof topicSchema>;
export type TopicDetail = z.infer<typeof topicDetailSchema>;
export type TopicList = z.infer<typeof topicListSchema>;
