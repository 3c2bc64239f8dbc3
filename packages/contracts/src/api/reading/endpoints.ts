import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { defineEndpoint } from '../endpoint.ts';
import {
  answered,
  list,
  listHeaders,
  listProblems,
  noParams,
  notModified,
  one,
  readHeaders,
  readProblems,
} from './answering.ts';
import { changeIdSchema, changeListSchema, changesFilter, listedChangeSchema } from './change.ts';
import { compareHolders, listContested } from './comparing.ts';
import { explanationSchema } from './explanation.ts';
import { historySchema } from './history.ts';
import { methodComparisonListSchema, methodComparisonSchema } from './method-comparison.ts';
import { methodDetailSchema, methodListSchema } from './method.ts';
import { getActor, getProposition, getTopic, listActors, listPropositions, listTopics } from './naming.ts';
import {
  dayRange,
  historyFilter,
  knownParameters,
  methodNameSchema,
  methodSchema,
  pageParameters,
  stanceParameters,
} from './parameters.ts';
import { stanceListSchema, stanceSchema } from './stance.ts';
import { statementDetailSchema, statementListSchema, statementSchema } from './statement.ts';
import { streamChanges, streamStatements } from './streams.ts';

export const listStances = defineEndpoint({
  operationId: 'listStances',
  method: 'get',
  path: '/v1/stances',
  tag: 'Reading',
  summary: 'Who stands where: of a holder, on a proposition, or all',
  description:
    'Lists hold who said something by `at`. Asked for one holder on one proposition of which nothing was said, but something follows from other stances, the answer is one stance with 0 statements and what is `implied`.',
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
  summary: 'How a stance came about: segments, changes, and the statements by day',
  description:
    'Segments and changes are told in hindsight: those that come after `at` are there too, and `stance` is that of the day. ' +
    '`limit` and `after` page the statements said up to `at`, by the day on which they count (that of their utterance), ' +
    'those of one day by id.',
  scope: 'read',
  params: z.strictObject({ holder: idSchema, proposition: idSchema }),
  query: z.strictObject({ ...stanceParameters, ...pageParameters }),
  headers: readHeaders,
  responses: one(
    'The history; empty where the holder said nothing about the proposition, but for what is `implied`',
    historySchema,
  ),
  problems: [...readProblems, 'invalid-cursor', 'unknown-actor', 'unknown-proposition', 'unknown-method'],
});

export const getExplanation = defineEndpoint({
  operationId: 'getExplanation',
  method: 'get',
  path: '/v1/histories/{holder}/{proposition}/explanation',
  tag: 'Reading',
  summary: 'Why: each statement with its weight as factors, and what opened, confirmed or withdrew each change',
  description:
    'Changes and moments in dispute are told in hindsight: those that come after `at` are there too. `limit` and `after` ' +
    'page the statements said up to `at`. What other stances imply is not told here: the history has it (`stance.implied`).',
  scope: 'read',
  params: z.strictObject({ holder: idSchema, proposition: idSchema }),
  query: z.strictObject({
    ...stanceParameters,
    change: changeIdSchema.optional().meta({ description: 'The id of a change: only what concerns that one' }),
    ...pageParameters,
  }),
  headers: readHeaders.extend({
    accept: z.string().max(1000).optional().meta({ description: '`text/plain`: to read, with the first changes only' }),
  }),
  responses: {
    200: {
      description: 'The explanation; empty where the holder said nothing about the proposition',
      content: { 'application/json': explanationSchema, 'text/plain': z.string() },
      headers: answered,
    },
    304: notModified,
  },
  problems: [...listProblems, 'unknown-actor', 'unknown-proposition', 'unknown-change', 'unknown-method'],
});

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
  responses: list('The changes that match', changeListSchema, listedChangeSchema),
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
  responses: list('The histories that differ', methodComparisonListSchema, methodComparisonSchema),
  problems: [...listProblems, 'unknown-actor', 'unknown-proposition', 'unknown-method'],
});

/** Every call of the reading side. */
export const readingEndpoints = [
  listStances,
  getHistory,
  getExplanation,
  listContested,
  compareHolders,
  listChanges,
  streamChanges,
  listStatements,
  streamStatements,
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
