import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import type {
  ZodOpenApiObject,
  ZodOpenApiOperationObject,
  ZodOpenApiPathsObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi';

import { bodyProblems, commonProblems } from './api/common.ts';
import type { Endpoint, ResponseDescription } from './api/endpoint.ts';
import { webhookMessageSchema } from './api/webhook-message.ts';
import { putWebhook } from './api/webhooks.ts';
import { problemSchema, problems } from './problem.ts';
import type { ProblemCode } from './problem.ts';

export type OpenApiDocument = ReturnType<typeof createDocument>;

export interface OpenApiOptions {
  /** The version of the service. */
  readonly version: string;
  readonly endpoints: readonly Endpoint[];
}

/** The OpenAPI 3.1 document of these endpoints; each problem they can answer with stands among their responses. */
export const createOpenApiDocument = ({ version, endpoints }: OpenApiOptions): OpenApiDocument => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const endpoint of endpoints) (paths[endpoint.path] ??= {})[endpoint.method] = operation(endpoint);
  const description: ZodOpenApiObject = {
    openapi: '3.1.1',
    info: {
      title: 'Stance tracker',
      version,
      description: 'Records what public actors say, and reports how their stances change over time.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Writing', description: 'What was said, and who and what it is about' },
      { name: 'Reading', description: 'Stances, their histories and changes, and what they rest on' },
      { name: 'Operating', description: 'The state of the service' },
    ],
    paths: paths satisfies ZodOpenApiPathsObject,
    ...(endpoints.some(({ operationId }) => operationId === putWebhook.operationId) ? { webhooks } : {}),
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of the service. Without tokens only the machine itself may write.',
        },
      },
    },
  };
  return createDocument(description, { reused: 'inline' });
};

/** What endpoints of others are sent. */
const webhooks = {
  change: {
    post: {
      operationId: 'receiveWebhook',
      summary: 'A message to an endpoint that asked for changes',
      description:
        'Signed as Standard Webhooks say (https://www.standardwebhooks.com): verify it before you look at it.',
      requestParams: {
        header: z.object({
          'webhook-id': z.string().meta({ description: 'Of the message: the same at each try' }),
          'webhook-timestamp': z.string().meta({ description: 'Of the try: seconds since the epoch' }),
          'webhook-signature': z
            .string()
            .meta({ description: '`v1,` and an HMAC-SHA256 in base64; of several secrets several' }),
        }),
      },
      requestBody: { required: true, content: { 'application/json': { schema: webhookMessageSchema } } },
      responses: {
        '2XX': { description: 'It is taken. Any other answer has it tried again' },
        '410': { description: 'Nothing is to be sent any more' },
      },
    },
  },
} satisfies ZodOpenApiObject['webhooks'];

const operation = (endpoint: Endpoint): ZodOpenApiOperationObject => ({
  operationId: endpoint.operationId,
  tags: [endpoint.tag],
  summary: endpoint.summary,
  ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
  security: endpoint.scope === null ? [] : [{ token: [] }, {}],
  ...(endpoint.scope === null ? {} : { 'x-scope': endpoint.scope }),
  requestParams: {
    path: objectOf(endpoint.params),
    query: objectOf(endpoint.query),
    header: objectOf(endpoint.headers),
  },
  ...(endpoint.body === undefined ? {} : { requestBody: { required: true, content: requestContent(endpoint.body) } }),
  responses: { ...successes(endpoint), ...failures(endpoint) },
});

/** Parameters are always the fields of an object. */
const objectOf = (schema: z.ZodType): z.ZodObject => {
  if (schema instanceof z.ZodObject) return schema;
  throw new TypeError('the parameters of an endpoint have to be an object schema');
};

const requestContent = (body: NonNullable<Endpoint['body']>) => ({
  'application/json': { schema: body.json, ...(body.examples === undefined ? {} : { examples: body.examples }) },
  ...(body.ndjson === undefined ? {} : { 'application/x-ndjson': { schema: body.ndjson } }),
});

const successes = (endpoint: Endpoint): ZodOpenApiResponsesObject =>
  Object.fromEntries(Object.entries(endpoint.responses).map(([status, response]) => [status, success(response)]));

const success = (response: ResponseDescription) => ({
  description: response.description,
  ...(response.content === undefined
    ? {}
    : { content: Object.fromEntries(Object.entries(response.content).map(([type, schema]) => [type, { schema }])) }),
  ...(response.headers === undefined
    ? {}
    : {
        headers: Object.fromEntries(
          Object.entries(response.headers).map(([name, description]) => [
            name,
            { description, schema: { type: 'string' as const } },
          ]),
        ),
      }),
});

/** One response for each status: OpenAPI tells responses apart by nothing else. */
const failures = (endpoint: Endpoint): ZodOpenApiResponsesObject => {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set([
    ...(endpoint.scope === null ? openProblems : commonProblems),
    ...(endpoint.body === undefined ? [] : bodyProblems),
    ...endpoint.problems,
  ])) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => endpoint.responses[status] === undefined)
      .map(([status, codes]) => [
        status,
        {
          description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('. '),
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      ]),
  );
};

const openProblems = commonProblems.filter((code) => code !== 'unauthorized' && code !== 'forbidden');
