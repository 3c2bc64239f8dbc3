import { membershipSchema } from '../membership.ts';
import { mergeInputSchema, unmergeInputSchema } from '../merge.ts';
import { relationSchema } from '../relation.ts';
import { topicInputSchema } from '../topic.ts';
import { idParamsSchema, noHeadersSchema, noneSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { actorWrittenSchema, propositionWrittenSchema, topicWrittenSchema } from './writing-results.ts';

const shared = {
  tag: 'Writing',
  scope: 'write',
  params: idParamsSchema,
  query: noneSchema,
  headers: noHeadersSchema,
} as const;
const actorWritten = { 'application/json': actorWrittenSchema };
const propositionWritten = { 'application/json': propositionWrittenSchema };
const topicWritten = { 'application/json': topicWrittenSchema };

export const postMembership = defineEndpoint({
  ...shared,
  operationId: 'postActorMembership',
  method: 'post',
  path: '/v1/actors/{id}/memberships',
  summary: 'Say that an actor belongs to a group, or holds an office',
  description:
    'Of several with the same group, role and `from` the last one holds, so that `to` and `onBehalfOf` can be filled in.',
  body: { json: membershipSchema },
  responses: {
    200: { description: 'A duplicate', content: actorWritten },
    201: { description: 'Recorded', content: actorWritten },
  },
  problems: ['unknown-actor', 'membership-cycle', 'concurrent-write', 'stream-unreadable', 'store-unavailable'],
});

export const postMerge = defineEndpoint({
  ...shared,
  operationId: 'postActorMerge',
  method: 'post',
  path: '/v1/actors/{id}/merge',
  summary: 'Say that an actor is the same as another one',
  description:
    'From then on it answers as `into`, or as whom that one is merged into. Statements keep the holder they came with, ' +
    'so that unmerging gives each its own back. The same merge again is a duplicate, whatever its reason.',
  body: { json: mergeInputSchema },
  responses: { 200: { description: 'Merged, or a duplicate', content: actorWritten } },
  problems: [
    'unknown-actor',
    'merge-cycle',
    'already-merged',
    'concurrent-write',
    'stream-unreadable',
    'store-unavailable',
  ],
});

export const postUnmerge = defineEndpoint({
  ...shared,
  operationId: 'postActorUnmerge',
  method: 'post',
  path: '/v1/actors/{id}/unmerge',
  summary: 'Say that an actor is one of its own after all',
  description: 'Takes back the merge of this actor; what was merged into it stays so.',
  body: { json: unmergeInputSchema },
  responses: { 200: { description: 'Unmerged, or a duplicate', content: actorWritten } },
  problems: ['unknown-actor', 'not-merged', 'concurrent-write', 'stream-unreadable', 'store-unavailable'],
});

export const postRelation = defineEndpoint({
  ...shared,
  operationId: 'postPropositionRelation',
  method: 'post',
  path: '/v1/propositions/{id}/relations',
  summary: 'Say how a proposition is related to another one',
  description: '`contradicts` is the same from either side. Two propositions that entail each other mean the same.',
  body: { json: relationSchema },
  responses: {
    200: { description: 'A duplicate', content: propositionWritten },
    201: { description: 'Recorded', content: propositionWritten },
  },
  problems: [
    'unknown-proposition',
    'relation-cycle',
    'relation-conflict',
    'concurrent-write',
    'stream-unreadable',
    'store-unavailable',
  ],
});

export const putTopic = defineEndpoint({
  ...shared,
  operationId: 'putTopic',
  method: 'put',
  path: '/v1/topics/{id}',
  summary: 'Say what a topic is',
  description: 'The whole of what is said of it: later it replaces what was said before.',
  body: { json: topicInputSchema },
  responses: {
    200: { description: 'Said anew, or a duplicate', content: topicWritten },
    201: { description: 'Defined', content: topicWritten },
  },
  problems: ['unknown-topic', 'topic-cycle', 'concurrent-write', 'stream-unreadable', 'store-unavailable'],
});

export const relationWritingEndpoints = [postMembership, postMerge, postUnmerge, postRelation, putTopic] as const;
