import { z } from 'zod';

import { idSchema } from '../../ids.ts';
import { flagSchema } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { list, listHeaders, listProblems, noParams, one, readHeaders, readProblems } from './answering.ts';
import { holderComparisonSchema } from './holder-comparison.ts';
import { contestedItemSchema, contestedListSchema } from './dispute.ts';
import {
  dayRange,
  historyFilter,
  knownParameters,
  methodSchema,
  pageParameters,
  stanceParameters,
} from './parameters.ts';

export const listContested = defineEndpoint({
  operationId: 'listContested',
  method: 'get',
  path: '/v1/contested',
  tag: 'Reading',
  summary: 'Where accounts disagree: of a holder, or on a proposition; between whom, and what settled it',
  description:
    'A holder or a proposition has to be named. A page goes through a bounded number of histories: it may hold fewer items than `limit`, or none, and still have a `next`.',
  scope: 'read',
  params: noParams,
  query: z.strictObject({
    ...historyFilter,
    resolved: flagSchema
      .optional()
      .meta({ description: 'true: only what was settled since; false: only what was not' }),
    ...knownParameters,
    method: methodSchema,
    ...pageParameters,
  }),
  headers: listHeaders,
  responses: list('The contested moments that match', contestedListSchema, contestedItemSchema),
  problems: [...listProblems, 'unknown-actor', 'unknown-proposition', 'unknown-method'],
});

/** So many holders can be named, and compared pair by pair. */
export const mostComparedHolders = 50;

const holdersSchema = z
  .string()
  .max(7000)
  .transform((text) => text.split(','))
  .pipe(z.array(idSchema).max(mostComparedHolders));

export const compareHolders = defineEndpoint({
  operationId: 'compareHolders',
  method: 'get',
  path: '/v1/compare',
  tag: 'Reading',
  summary: 'Who stands where, who moved, who moved with whom, and who agrees with whom',
  description:
    'On a proposition, of the holders named or of all (250 at most); or of the holders named, on the propositions under a topic. At most 2,000 stances (holders times propositions) with 5,000 changes in the period are compared at a time. What is only implied is no stance to compare: holders who have said nothing have none.',
  scope: 'read',
  params: noParams,
  query: z.strictObject({
    proposition: idSchema.optional(),
    topic: idSchema
      .optional()
      .meta({ description: 'In place of a proposition: all that are under it, or under a topic below it' }),
    holders: holdersSchema
      .optional()
      .meta({ description: 'At most 50, separated by commas. With a topic they have to be named.' }),
    ...dayRange,
    ...stanceParameters,
    from: dayRange.from.meta({
      description: 'The first day of the period (EDTF: the earliest day of it). Default: from the beginning.',
    }),
    to: dayRange.to.meta({ description: 'The last day of the period; another name for `at`.' }),
  }),
  headers: readHeaders,
  responses: one('The comparison', holderComparisonSchema),
  problems: [
    ...readProblems,
    'comparison-too-large',
    'unknown-actor',
    'unknown-proposition',
    'unknown-topic',
    'unknown-method',
  ],
});
