import { actorInputSchema, aliasSchema } from '../actor.ts';
import { propositionInputSchema, propositionRevisionSchema } from '../proposition.ts';
import { idParamsSchema, noHeadersSchema, noneSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { actorWrittenSchema, propositionWrittenSchema } from './writing-results.ts';

const shared = {
  tag: 'Writing',
  scope: 'write',
  params: idParamsSchema,
  query: noneSchema,
  headers: noHeadersSchema,
} as const;
const actorWritten = { 'application/json': actorWrittenSchema };
const propositionWritten = { 'application/json': propositionWrittenSchema };

export const putActor = defineEndpoint({
  ...shared,
  operationId: 'putActor',
  method: 'put',
  path: '/v1/actors/{id}',
  summary: 'Say who an actor is',
  description:
    'The first time it registers the actor; later it replaces the whole of what is said of it. Aliases that were added ' +
    'one by one stay.',
  body: { json: actorInputSchema },
  responses: {
    200: { description: 'Revised, or a duplicate', content: actorWritten },
    201: { description: 'Registered', content: actorWritten },
  },
  problems: ['concurrent-write', 'stream-unreadable', 'store-unavailable'],
});

export const postActorAlias = defineEndpoint({
  ...shared,
  operationId: 'postActorAlias',
  method: 'post',
  path: '/v1/actors/{id}/aliases',
  summary: 'Add a name under which an actor is also known',
  body: { json: aliasSchema },
  responses: {
    200: { description: 'A duplicate', content: actorWritten },
    201: { description: 'Added', content: actorWritten },
  },
  problems: ['unknown-actor', 'concurrent-write', 'stream-unreadable', 'store-unavailable'],
});

export const putProposition = defineEndpoint({
  ...shared,
  operationId: 'putProposition',
  method: 'put',
  path: '/v1/propositions/{id}',
  summary: 'Say what a proposition is',
  description:
    'The first time it defines the proposition; later another text, language or list of topics is a revision.',
  body: { json: propositionInputSchema },
  responses: {
    200: { description: 'Revised, or a duplicate', content: propositionWritten },
    201: { description: 'Defined', content: propositionWritten },
  },
  problems: ['concurrent-write', 'stream-unreadable', 'store-unavailable'],
});

export const postPropositionRevision = defineEndpoint({
  ...shared,
  operationId: 'postPropositionRevision',
  method: 'post',
  path: '/v1/propositions/{id}/revisions',
  summary: 'Give a proposition a new wording',
  description: 'Topics and language stay as they are.',
  body: { json: propositionRevisionSchema },
  responses: {
    200: { description: 'A duplicate', content: propositionWritten },
    201: { description: 'Revised', content: propositionWritten },
  },
  problems: ['unknown-proposition', 'concurrent-write', 'stream-unreadable', 'store-unavailable'],
});

export const registryWritingEndpoints = [putActor, postActorAlias, putProposition, postPropositionRevision] as const;
