import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { linesSchema } from '../../text.ts';
import { defineEndpoint } from '../endpoint.ts';
import { actorDetailSchema, actorListSchema, listedActorSchema } from './actor.ts';
import { list, listHeaders, listProblems, noParams, one, readHeaders, readProblems } from './answering.ts';
import { atSchema, knownParameters, pageParameters } from './parameters.ts';
import { propositionDetailSchema, propositionListSchema, propositionSchema } from './proposition.ts';
import { topicDetailSchema, topicListSchema, topicSchema } from './topic.ts';

const searchSchema = linesSchema
  .min(1)
  .max(200)
  .optional()
  .meta({ description: 'Words, or the beginnings of words; all must match' });

export const listActors = defineEndpoint({
  operationId: 'listActors',
  method: 'get',
  path: '/v1/actors',
  tag: 'Reading',
  summary: 'Actors, by any of their names',
  description:
    'With `at` only names count that may have been in use on that day; of an office the answer says who held it then ' +
    '(without `at`: today). An actor that was merged is listed under its own names, with `mergedInto`.',
  scope: 'read',
  params: noParams,
  query: z.strictObject({ q: searchSchema, at: atSchema, ...knownParameters, ...pageParameters }),
  headers: listHeaders,
  responses: list('The actors that match', actorListSchema, listedActorSchema),
  problems: listProblems,
});

export const getActor = defineEndpoint({
  operationId: 'getActor',
  method: 'get',
  path: '/v1/actors/{id}',
  tag: 'Reading',
  summary: 'An actor, with every name and version known, and what it belongs to',
  description:
    'An actor that was merged into another one answers as that one, with `mergedInto`. Memberships of all times are ' +
    'listed; `current` are those that may hold on the day of `at`.',
  scope: 'read',
  params: z.strictObject({ id: idSchema }),
  query: z.strictObject({ at: atSchema, ...knownParameters }),
  headers: readHeaders,
  responses: one('The actor', actorDetailSchema),
  problems: [...readProblems, 'unknown-actor'],
});

export const listPropositions = defineEndpoint({
  operationId: 'listPropositions',
  method: 'get',
  path: '/v1/propositions',
  tag: 'Reading',
  summary: 'Propositions, by the words of the wording known then, and by topic',
  scope: 'read',
  params: noParams,
  query: z.strictObject({
    q: searchSchema,
    topic: idSchema.optional().meta({ description: 'Those that stand under this topic, or one below it' }),
    ...knownParameters,
    ...pageParameters,
  }),
  headers: listHeaders,
  responses: list('The propositions that match', propositionListSchema, propositionSchema),
  problems: [...listProblems, 'unknown-topic'],
});

export const getProposition = defineEndpoint({
  operationId: 'getProposition',
  method: 'get',
  path: '/v1/propositions/{id}',
  tag: 'Reading',
  summary: 'A proposition, with every wording known, and how it is related to others',
  scope: 'read',
  params: z.strictObject({ id: idSchema }),
  query: z.strictObject(knownParameters),
  headers: readHeaders,
  responses: one('The proposition', propositionDetailSchema),
  problems: [...readProblems, 'unknown-proposition'],
});

export const listTopics = defineEndpoint({
  operationId: 'listTopics',
  method: 'get',
  path: '/v1/topics',
  tag: 'Reading',
  summary: 'Topics, by any of their names',
  description:
    'In the order last defined; after them, by id, those that propositions stand under and nobody has described.',
  scope: 'read',
  params: noParams,
  query: z.strictObject({ q: searchSchema, ...knownParameters, ...pageParameters }),
  headers: listHeaders,
  responses: list('The topics that match', topicListSchema, topicSchema),
  problems: listProblems,
});

export const getTopic = defineEndpoint({
  operationId: 'getTopic',
  method: 'get',
  path: '/v1/topics/{id}',
  tag: 'Reading',
  summary: 'A topic, and where it stands among the others',
  scope: 'read',
  params: z.strictObject({ id: idSchema }),
  query: z.strictObject(knownParameters),
  headers: readHeaders,
  responses: one('The topic', topicDetailSchema),
  problems: [...readProblems, 'unknown-topic'],
});
