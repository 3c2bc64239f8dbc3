import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import type { ProblemCode } from '../../problem.ts';
import { linesSchema } from '../../text.ts';
import { defineEndpoint, type ResponseDescription } from '../endpoint.ts';
import { actorDetailSchema, actorListSchema, listedActorSchema } from './actor.ts';
import { changeKindSchema, changeListSchema, changeSchema, changeStatusSchema } from './change.ts';
import { comparisonListSchema, comparisonSchema } from './comparison.ts';
import { historySchema } from './history.ts';
import { methodDetailSchema, methodListSchema } from './method.ts';
import {
  atSchema,
  dayRange,
  historyFilter,
  knownParameters,
  listSchema,
  methodNameSchema,
  methodSchema,
  pageParameters,
  stanceParameters,
} from './parameters.ts';
import { propositionDetailSchema, propositionListSchema, propositionSchema } from './proposition.ts';
import { stanceListSchema, stanceSchema } from './stance.ts';
import { topicDetailSchema, topicListSchema, topicSchema } from './topic.ts';
import { statementDetailSchema, statementListSchema, statementSchema } from './statement.ts';

const readHeaders = z.object({
  'if-none-match': z
    .string()
    .max(2000)
    .optional()
    .meta({ description: 'An ETag: 304 where the answer is still that one' }),
});
const listHeaders = readHeaders.extend({
  accept: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: '`application/x-ndjson`: the whole list, one item a line' }),
});
const noParams = z.object({});

const answered = {
  ETag: 'Changes with the answer',
  'Stance-Known-At': 'The position of the log that the answer is of',
};
const notModified: ResponseDescription = { description: 'Not changed since the ETag given', headers: answered };

const one = (description: string, schema: z.ZodType): Record<number, ResponseDescription> => ({
  200: { description, content: { 'application/json': schema }, headers: answered },
  304: notModified,
});

const list = (description: string, schema: z.ZodType, line: z.ZodType): Record<number, ResponseDescription> => ({
  200: { description, content: { 'application/json': schema, 'application/x-ndjson': line }, headers: answered },
  304: notModified,
});

const readProblems: readonly ProblemCode[] = ['invalid-input', 'known-at-in-future', 'not-caught-up'];
const listProblems: readonly ProblemCode[] = [...readProblems, 'invalid-cursor', 'not-acceptable'];

export const listStances = defineEndpoint({
  operationId: 'listStances',
  method: 'get',
  path: '/v1/stances',
  tag: 'Reading',
  summary: 'Who stands where: of a holder, on a proposition, or all',
  scope: 'read',
  params: noParams,
  query: z.strictObject({ ...historyFilter, ...stanceParameters, ...pageParameters }),
  headers: listHeaders,
  responses: list('The stances that match', stanceListSchema, stanceSchema),
  problems: [...listProblems, 'unknown-actor', 'unknown-proposition', 'unknown-method'],
});

export const getHistory = defineEndpoint({
  operationId: 'getHistory',
  method: 'get',
  path: '/v1/histories/{holder}/{proposition}',
  tag: 'Reading',
  summary: 'How a stance came about: segments, changes, and the statements in the order said',
  description: 'Segments and changes are told in hindsight; `limit` and `after` page the statements said up to `at`.',
  scope: 'read',
  params: z.strictObject({ holder: idSchema, proposition: idSchema }),
  query: z.strictObject({ ...stanceParameters, ...pageParameters }),
  headers: readHeaders,
  responses: one('The history; empty where the holder said nothing about the proposition', historySchema),
  problems: [...readProblems, 'invalid-cursor', 'unknown-actor', 'unknown-proposition', 'unknown-method'],
});

export const changesFilter = {
  ...historyFilter,
  kind: listSchema(changeKindSchema).optional().meta({ description: 'One kind, or several separated by commas' }),
  status: listSchema(changeStatusSchema).optional().meta({ description: 'One status, or several separated by commas' }),
  ...dayRange,
} as const;

export const listChanges = defineEndpoint({
  operationId: 'listChanges',
  method: 'get',
  path: '/v1/changes',
  tag: 'Reading',
  summary: 'Who changed, when, from what to what: the current set of changes, newest first',
  description:
    'By another method than `default` the histories asked for are folded for it: where they are too many (`too-many-histories`), name a holder or a proposition. Such changes are not published: `detectedAt` and `revision` are null.',
  scope: 'read',
  params: noParams,
  query: z.strictObject({ ...changesFilter, ...knownParameters, method: methodSchema, ...pageParameters }),
  headers: listHeaders,
  responses: list('The changes that match', changeListSchema, changeSchema),
  problems: [...listProblems, 'unknown-actor', 'unknown-proposition', 'unknown-method', 'too-many-histories'],
});

export const getStatement = defineEndpoint({
  operationId: 'getStatement',
  method: 'get',
  path: '/v1/statements/{id}',
  tag: 'Reading',
  summary: 'A statement: where it comes from, every version of it, what superseded what',
  scope: 'read',
  params: z.strictObject({ id: idSchema }),
  query: z.strictObject(knownParameters),
  headers: readHeaders,
  responses: one('The statement', statementDetailSchema),
  problems: [...readProblems, 'unknown-statement'],
});

export const listStatements = defineEndpoint({
  operationId: 'listStatements',
  method: 'get',
  path: '/v1/statements',
  tag: 'Reading',
  summary: 'Statements as known, by holder, proposition and the days they were said',
  description: 'In the order recorded; under a holder or a proposition, history by history.',
  scope: 'read',
  params: noParams,
  query: z.strictObject({
    ...historyFilter,
    ...dayRange,
    at: stanceParameters.at,
    ...knownParameters,
    ...pageParameters,
  }),
  headers: listHeaders,
  responses: list('The statements that match', statementListSchema, statementSchema),
  problems: [...listProblems, 'unknown-actor', 'unknown-proposition'],
});

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
  problems: listProblems,
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
  description: 'In the order last defined.',
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

export const listMethods = defineEndpoint({
  operationId: 'listMethods',
  method: 'get',
  path: '/v1/methods',
  tag: 'Reading',
  summary: 'The methods that can be asked for',
  scope: 'read',
  params: noParams,
  query: z.strictObject({}),
  headers: readHeaders,
  responses: {
    200: { description: 'The methods', content: { 'application/json': methodListSchema } },
    304: notModified,
  },
  problems: [],
});

export const getMethod = defineEndpoint({
  operationId: 'getMethod',
  method: 'get',
  path: '/v1/methods/{name}',
  tag: 'Reading',
  summary: 'A method: its numbers, and why they are what they are',
  scope: 'read',
  params: z.strictObject({ name: methodNameSchema }),
  query: z.strictObject({}),
  headers: readHeaders,
  responses: {
    200: { description: 'The method', content: { 'application/json': methodDetailSchema } },
    304: notModified,
  },
  problems: ['not-found'],
});

export const compareMethods = defineEndpoint({
  operationId: 'compareMethods',
  method: 'get',
  path: '/v1/methods/compare',
  tag: 'Reading',
  summary: 'Which histories come to something else by another method, and why',
  description:
    'A page looks at a bounded number of histories and holds those that differ: it may be empty and still have a `next`. Histories differ where the stance at `at` or a change does; weights alone make no difference.',
  scope: 'read',
  params: noParams,
  query: z.strictObject({
    a: methodNameSchema.meta({ description: 'The name of a method' }),
    b: methodNameSchema.meta({ description: 'The name of another method' }),
    ...historyFilter,
    at: stanceParameters.at,
    ...knownParameters,
    ...pageParameters,
  }),
  headers: listHeaders,
  responses: list('The histories that differ', comparisonListSchema, comparisonSchema),
  problems: [...listProblems, 'unknown-actor', 'unknown-proposition', 'unknown-method'],
});

/** Every call of the reading side. */
export const readingEndpoints = [
  listStances,
  getHistory,
  listChanges,
  listStatements,
  getStatement,
  listActors,
  getActor,
  listPropositions,
  getProposition,
  listTopics,
  getTopic,
  listMethods,
  getMethod,
  compareMethods,
] as const;
