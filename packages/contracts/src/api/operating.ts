import { z } from 'zod';

import { noHeadersSchema, noneSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { positionSchema } from './reading/date.ts';

const shared = {
  method: 'get',
  tag: 'Operating',
  params: noneSchema,
  query: noneSchema,
  headers: noHeadersSchema,
  problems: [],
} as const;

export const healthSchema = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });

export const readinessSchema = z
  .strictObject({
    status: z.enum(['ready', 'not-ready']),
    checks: z.record(z.string(), z.strictObject({ ok: z.boolean(), detail: z.string().optional() })),
  })
  .meta({ id: 'Readiness', description: 'Whether each part is able to do its work' });

export const projectionSchema = z
  .strictObject({
    name: z.string(),
    version: z.int().min(1),
    state: z.enum(['starting', 'standing-by', 'catching-up', 'live', 'rebuilding', 'stopped', 'failed']),
    position: positionSchema.meta({ description: 'It has handled, or parked, every event up to this one' }),
    published: positionSchema.nullable().meta({
      description: 'The change feed says what it holds as of this position; `null` where this process does not publish',
    }),
    lag: z.strictObject({
      events: z
        .int()
        .min(0)
        .nullable()
        .meta({ description: '`null` where it is not known how many lie between two positions' }),
      seconds: z.number().min(0),
    }),
    parked: z
      .int()
      .min(0)
      .meta({ description: 'How many streams wait because an event of theirs could not be handled' }),
  })
  .meta({ id: 'Projection', description: 'How far a projection has come' });

export const projectionsSchema = z.strictObject({ items: z.array(projectionSchema) }).meta({ id: 'Projections' });

export type Health = z.infer<typeof healthSchema>;
export type Readiness = z.infer<typeof readinessSchema>;
export type ProjectionStatus = z.infer<typeof projectionSchema>;

export const getHealth = defineEndpoint({
  ...shared,
  operationId: 'getHealth',
  path: '/healthz',
  summary: 'Whether the process is alive',
  scope: null,
  responses: { 200: { description: 'It is', content: { 'application/json': healthSchema } } },
});

export const getReadiness = defineEndpoint({
  ...shared,
  operationId: 'getReadiness',
  path: '/readyz',
  summary: 'Whether the process can do its work',
  scope: null,
  responses: {
    200: { description: 'It can', content: { 'application/json': readinessSchema } },
    503: { description: 'A part of it cannot', content: { 'application/json': readinessSchema } },
  },
});

export const getMetrics = defineEndpoint({
  ...shared,
  operationId: 'getMetrics',
  path: '/metrics',
  summary: 'Metrics for Prometheus',
  scope: null,
  responses: { 200: { description: 'Prometheus text format', content: { 'text/plain': z.string() } } },
});

export const getOpenApi = defineEndpoint({
  ...shared,
  operationId: 'getOpenApi',
  path: '/openapi.json',
  summary: 'This description',
  scope: null,
  responses: {
    200: { description: 'An OpenAPI 3.1 document', content: { 'application/json': z.record(z.string(), z.unknown()) } },
  },
});

export const getDocs = defineEndpoint({
  ...shared,
  operationId: 'getDocs',
  path: '/docs',
  summary: 'This description, to read',
  scope: null,
  responses: { 200: { description: 'A page', content: { 'text/html': z.string() } } },
});

export const getProjections = defineEndpoint({
  ...shared,
  operationId: 'getProjections',
  path: '/v1/projections',
  summary: 'How far the projections have come',
  scope: 'read',
  responses: { 200: { description: 'All of them', content: { 'application/json': projectionsSchema } } },
});

export const operatingEndpoints = [getHealth, getReadiness, getMetrics, getOpenApi, getDocs, getProjections] as const;
