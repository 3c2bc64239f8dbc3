import { z } from 'zod';

import { idSchema } from '../ids.ts';
import { idParamsSchema, noHeadersSchema, noneSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { changeIdSchema, changeKindSchema, changeStatusSchema } from './reading/change.ts';
import { instantSchema, positionSchema } from './reading/date.ts';

/** The URL of an endpoint: of two ways to write one it is taken as given. */
const endpointUrlSchema = z
  .string()
  .max(2000)
  .superRefine((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) refuse('must be an https or http URL');
    else if (url.username !== '' || url.password !== '') refuse('must not hold a user name or a password');
    else if (url.hash !== '' || text.endsWith('#')) refuse('must not have a part after #, which is never sent');
  });

const dateSchema = z.string().min(1).max(100);

const filterSchema = z
  .strictObject({
    holder: idSchema.optional(),
    proposition: idSchema.optional(),
    kind: z.array(changeKindSchema).min(1).max(20).optional(),
    status: z.array(changeStatusSchema).min(1).max(20).optional(),
    from: dateSchema.optional().meta({ description: 'The first day (EDTF: the earliest day of it)' }),
    to: dateSchema.optional().meta({ description: 'The last day, inclusive (EDTF: the latest day of it)' }),
  })
  .meta({ id: 'WebhookFilter', description: 'Which changes it is told, as in the list of changes; empty: all' });

export const webhookInputSchema = z
  .strictObject({
    url: endpointUrlSchema.meta({
      description:
        'Where messages are posted to. http, and private addresses, only where the service was told to allow them',
    }),
    description: z.string().min(1).max(500).optional(),
    filter: filterSchema.optional(),
    paused: z.boolean().optional().meta({ description: 'Whether it is to be told nothing for the time being' }),
  })
  .meta({ id: 'WebhookInput' });

const failureSchema = z
  .strictObject({
    at: instantSchema,
    status: z.int().optional().meta({ description: 'The HTTP status that was answered; absent where nothing was' }),
    message: z.string(),
  })
  .meta({ id: 'DeliveryFailure', description: 'Why a delivery did not go well' });

export const webhookSchema = z
  .strictObject({
    id: idSchema,
    url: z.string(),
    description: z.string().optional(),
    filter: filterSchema,
    state: z.enum(['active', 'paused', 'disabled']),
    reason: z.enum(['gone', 'failing']).optional().meta({
      description:
        'Why it is disabled. gone: it answered 410; failing: it took nothing for as long as a message is tried. Putting it again has it told again',
    }),
    createdAt: instantSchema,
    changedAt: instantSchema,
    feed: z.string().meta({ description: 'Which feed it is told' }),
    position: positionSchema.meta({ description: 'It was told, or waits for, all up to this position of the feed' }),
    behind: z
      .int()
      .min(0)
      .nullable()
      .meta({ description: 'How many entries of the feed follow; null: it is about to be told everything anew' }),
    pending: z.int().min(0).meta({ description: 'How many messages wait for another try' }),
    dead: z.int().min(0).meta({ description: 'How many messages were given up' }),
    deliveredAt: instantSchema.optional().meta({ description: 'When it took a message last' }),
    lastFailure: failureSchema.optional(),
    formerSecretUntil: instantSchema
      .optional()
      .meta({ description: 'Until then it is signed by the former secret, too' }),
  })
  .meta({ id: 'Webhook', description: 'An endpoint that is told of changes, and how it fares' });

const secretSchema = z.string().meta({ description: '`whsec_` and a key in base64. It is told this once' });

export const webhookPutSchema = webhookSchema
  .extend({ secret: secretSchema.optional().meta({ description: 'Of one that is new; told this once' }) })
  .meta({ id: 'WebhookPut' });

export const webhookRotatedSchema = webhookSchema.extend({ secret: secretSchema }).meta({ id: 'WebhookRotated' });

export const webhooksSchema = z.strictObject({ items: z.array(webhookSchema) }).meta({ id: 'Webhooks' });

export const webhookReplayInputSchema = z
  .strictObject({
    after: z.int().min(0).meta({ description: 'A position of the feed: what follows it is told again. 0: everything' }),
  })
  .meta({ id: 'WebhookReplayInput' });

export const pingedSchema = z
  .strictObject({
    delivered: z.boolean(),
    status: z.int().optional().meta({ description: 'The HTTP status that was answered; absent where nothing was' }),
    message: z.string().optional().meta({ description: 'Why it was not delivered' }),
    milliseconds: z.number().min(0),
  })
  .meta({ id: 'Pinged', description: 'What came of a message that says nothing' });

export const deadLetterSchema = z
  .strictObject({
    id: z.string().meta({ description: 'The id of the message' }),
    type: z.string(),
    position: positionSchema.meta({ description: 'In the feed' }),
    change: changeIdSchema.optional(),
    attempts: z.int().min(0),
    firstAt: instantSchema.optional().meta({ description: 'When it was tried first' }),
    failure: failureSchema.optional().meta({ description: 'Of the last try' }),
    body: z.json().meta({ description: 'The message, as it was sent' }),
  })
  .meta({ id: 'DeadLetter', description: 'A message that was given up' });

export const deadLettersSchema = z
  .strictObject({ items: z.array(deadLetterSchema), more: z.boolean().meta({ description: 'Whether there are more' }) })
  .meta({ id: 'DeadLetters' });

export type WebhookInput = z.infer<typeof webhookInputSchema>;
export type WebhookAnswer = z.infer<typeof webhookSchema>;
export type WebhookPut = z.infer<typeof webhookPutSchema>;
export type WebhookRotated = z.infer<typeof webhookRotatedSchema>;
export type WebhookList = z.infer<typeof webhooksSchema>;
export type Pinged = z.infer<typeof pingedSchema>;
export type DeadLetter = z.infer<typeof deadLetterSchema>;
export type DeadLetterList = z.infer<typeof deadLettersSchema>;

const path = '/v1/webhooks/{id}';
const messageParamsSchema = idParamsSchema.extend({ message: z.string().min(1).max(200) });

const shared = {
  tag: 'Operating',
  scope: 'operate',
  params: idParamsSchema,
  query: noneSchema,
  headers: noHeadersSchema,
} as const;

const answer = (description: string, schema: z.ZodType) => ({
  200: { description, content: { 'application/json': schema } },
});

export const listWebhooks = defineEndpoint({
  ...shared,
  operationId: 'listWebhooks',
  method: 'get',
  path: '/v1/webhooks',
  summary: 'Who is told of changes by webhooks',
  description: 'In a cluster the webhook service answers this, and all calls below it.',
  params: noneSchema,
  responses: answer('All of them, by id', webhooksSchema),
  problems: ['webhooks-unavailable'],
});

export const getWebhook = defineEndpoint({
  ...shared,
  operationId: 'getWebhook',
  method: 'get',
  path,
  summary: 'An endpoint, and how it fares',
  responses: answer('The endpoint', webhookSchema),
  problems: ['unknown-webhook', 'webhooks-unavailable'],
});

export const putWebhook = defineEndpoint({
  ...shared,
  operationId: 'putWebhook',
  method: 'put',
  path,
  summary: 'Say who is to be told of changes',
  description:
    'The whole of what is said of an endpoint: later it replaces what was said before. A new one is told what is published ' +
    'from then on; `replay` has it told everything. By another filter it is told everything anew, after a `stance.reset`. One that was disabled is told again, and what waits is tried at once.',
  body: { json: webhookInputSchema },
  responses: {
    200: { description: 'Said anew', content: { 'application/json': webhookPutSchema } },
    201: { description: 'New: with its secret', content: { 'application/json': webhookPutSchema } },
  },
  problems: [
    'unknown-actor',
    'unknown-proposition',
    'too-many-webhooks',
    'read-model-unavailable',
    'webhooks-unavailable',
  ],
});

export const deleteWebhook = defineEndpoint({
  ...shared,
  operationId: 'deleteWebhook',
  method: 'delete',
  path,
  summary: 'Tell an endpoint nothing any more',
  description: 'With what waits for it. A message that is on its way may still arrive.',
  responses: answer('The endpoint, as it was', webhookSchema),
  problems: ['unknown-webhook', 'webhooks-unavailable'],
});

export const postWebhookRotate = defineEndpoint({
  ...shared,
  operationId: 'postWebhookRotate',
  method: 'post',
  path: `${path}/rotate`,
  summary: 'Give an endpoint another secret',
  description: 'For a day it is signed by both, so that the receiver can be changed meanwhile.',
  responses: answer('The endpoint, with its new secret', webhookRotatedSchema),
  problems: ['unknown-webhook', 'webhooks-unavailable'],
});

export const postWebhookReplay = defineEndpoint({
  ...shared,
  operationId: 'postWebhookReplay',
  method: 'post',
  path: `${path}/replay`,
  summary: 'Tell an endpoint again what follows a position of the feed',
  description:
    'In messages that have other ids than before. What waits, or was given up, of what is told again is forgotten. Nobody ' +
    'else is told anything again. A position that it has not passed is refused: it is told what follows anyway.',
  body: { json: webhookReplayInputSchema },
  responses: answer('The endpoint, at that position', webhookSchema),
  problems: ['unknown-webhook', 'webhooks-unavailable'],
});

export const postWebhookPing = defineEndpoint({
  ...shared,
  operationId: 'postWebhookPing',
  method: 'post',
  path: `${path}/ping`,
  summary: 'Try whether an endpoint can be told something',
  description: 'Sends it `stance.ping` at once, and once.',
  responses: answer('What came of it', pingedSchema),
  problems: ['unknown-webhook', 'webhooks-unavailable'],
});

export const listDeadLetters = defineEndpoint({
  ...shared,
  operationId: 'listDeadLetters',
  method: 'get',
  path: `${path}/dead-letters`,
  summary: 'The messages that an endpoint was not told, and will not be',
  responses: answer('In the order of the feed, at most 1,000', deadLettersSchema),
  problems: ['unknown-webhook', 'webhooks-unavailable'],
});

export const postDeadLetterRetry = defineEndpoint({
  ...shared,
  operationId: 'postDeadLetterRetry',
  method: 'post',
  path: `${path}/dead-letters/{message}/retry`,
  summary: 'Try a message again that was given up',
  description:
    'At once, and then by the whole schedule. Later messages about the same change may have been told meanwhile.',
  params: messageParamsSchema,
  responses: answer('It waits for its try: the endpoint', webhookSchema),
  problems: ['unknown-webhook', 'unknown-dead-letter', 'webhooks-unavailable'],
});

export const deleteDeadLetter = defineEndpoint({
  ...shared,
  operationId: 'deleteDeadLetter',
  method: 'delete',
  path: `${path}/dead-letters/{message}`,
  summary: 'Forget a message that was given up',
  params: messageParamsSchema,
  responses: answer('The endpoint', webhookSchema),
  problems: ['unknown-webhook', 'unknown-dead-letter', 'webhooks-unavailable'],
});

/** What whoever delivers to webhooks answers about them. */
export const webhookEndpoints = [
  listWebhooks,
  getWebhook,
  putWebhook,
  deleteWebhook,
  postWebhookRotate,
  postWebhookReplay,
  postWebhookPing,
  listDeadLetters,
  postDeadLetterRetry,
  deleteDeadLetter,
] as const;
