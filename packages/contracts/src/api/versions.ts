import { z } from 'zod';

import { idSchema } from '../ids.ts';
import { noHeadersSchema, noneSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { changeKindSchema, changeStatusSchema } from './reading/change.ts';
import { instantSchema, positionSchema } from './reading/date.ts';

const projectionParamsSchema = z.strictObject({ name: z.string().min(1).max(128) });
const versionNumberSchema = z.int().min(1);
const versionParamsSchema = projectionParamsSchema.extend({
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be the number of a version')
    .transform(Number),
});

export const versionStateSchema = z.enum(['building', 'catching-up', 'ready', 'active', 'retired']);

export const versionSchema = z
  .strictObject({
    version: versionNumberSchema,
    state: versionStateSchema.meta({
      description:
        '`building` while it is filled from the log, `catching-up` while it follows what came in meanwhile, `ready` where it ' +
        'could serve, `active` while it serves, `retired` once another one does',
    }),
    hash: z.string().meta({ description: 'Of the layout of its tables and the method: another one makes other rows' }),
    layout: z.int().min(1).meta({ description: 'The version of the layout of its tables' }),
    method: z.strictObject({ name: z.string(), version: z.int() }),
    createdAt: instantSchema,
    changedAt: instantSchema,
    underWay: z.boolean().meta({ description: 'Whether it is being worked on right now' }),
    parks: z
      .boolean()
      .meta({ description: 'Whether it parks an event that cannot be handled, rather than to halt at it' }),
    halted: z
      .strictObject({ code: z.string(), message: z.string() })
      .optional()
      .meta({ description: 'Why nobody goes on with it until it is resumed' }),
    progress: z
      .strictObject({
        position: positionSchema,
        target: positionSchema.meta({ description: 'The last position of the log' }),
        perSecond: z.number().nullable().meta({ description: 'Events a second, of late' }),
        secondsLeft: z.number().nullable().meta({ description: 'An estimate, where there can be one' }),
      })
      .optional(),
  })
  .meta({ id: 'Version', description: 'A version of the read model' });

export const versionsSchema = z.strictObject({ items: z.array(versionSchema) }).meta({ id: 'Versions' });

const comparedChangeSchema = z.strictObject({
  kind: changeKindSchema,
  status: changeStatusSchema,
  change: z.json().meta({ description: 'The change as the read model keeps it' }),
});

const differingHistorySchema = z
  .strictObject({
    holder: idSchema,
    proposition: idSchema,
    before: z.array(comparedChangeSchema),
    after: z.array(comparedChangeSchema),
  })
  .meta({ id: 'DifferingHistory', description: 'A history whose changes come to something else: those that differ' });

export const differencesSchema = z
  .strictObject({
    position: positionSchema.meta({ description: 'Where both versions are' }),
    changes: z.strictObject({ before: z.int().min(0), after: z.int().min(0) }),
    differing: z.int().min(0).meta({ description: 'How many changes differ' }),
    histories: z.array(differingHistorySchema),
    more: z.boolean().meta({ description: 'Whether more histories differ than were asked for' }),
  })
  .meta({ id: 'VersionDifferences', description: 'What another version of the read model has differently' });

export const refoldInputSchema = z
  .strictObject({
    holder: idSchema.optional(),
    proposition: idSchema.optional(),
    dryRun: z.boolean().optional().meta({ description: 'Whether nothing is to be written' }),
  })
  .refine(({ holder, proposition }) => holder !== undefined || proposition !== undefined, {
    path: ['holder'],
    message: 'holder or proposition is needed: all histories are made anew by a new version',
  })
  .meta({ id: 'RefoldInput' });

export const refoldedSchema = z
  .strictObject({
    folded: z.int().min(0).meta({ description: 'How many histories were folded anew' }),
    written: z.boolean(),
    histories: z.array(differingHistorySchema),
  })
  .meta({ id: 'Refolded' });

export const rebuildInputSchema = z
  .strictObject({
    park: z
      .boolean()
      .optional()
      .meta({ description: 'Whether it parks an event that cannot be handled, rather than to halt at it' }),
  })
  .meta({ id: 'RebuildInput' });

export type VersionAnswer = z.infer<typeof versionSchema>;
export type VersionList = z.infer<typeof versionsSchema>;
export type VersionDifferences = z.infer<typeof differencesSchema>;
export type RefoldedAnswer = z.infer<typeof refoldedSchema>;
export type DifferingHistoryAnswer = z.infer<typeof differingHistorySchema>;

const path = '/v1/projections/{name}/versions';

const shared = {
  tag: 'Operating',
  scope: 'operate',
  query: noneSchema,
  headers: noHeadersSchema,
} as const;

const version = (description: string) => ({ 200: { description, content: { 'application/json': versionSchema } } });
const atWork = ['projector-not-at-work', 'read-model-unavailable'] as const;

export const listVersions = defineEndpoint({
  ...shared,
  operationId: 'listVersions',
  method: 'get',
  path,
  summary: 'The versions of the read model',
  description: 'In a cluster the projector answers this, and all calls below it; one that stands by refuses them.',
  params: projectionParamsSchema,
  responses: { 200: { description: 'All of them', content: { 'application/json': versionsSchema } } },
  problems: atWork,
});

export const postRebuild = defineEndpoint({
  ...shared,
  operationId: 'postRebuild',
  method: 'post',
  path,
  summary: 'Make a new version of the read model',
  description:
    'From the events, beside the one that serves, which goes on. One is made at a time. It is `ready` in the end, and follows ' +
    'the log until it is switched to or dropped.',
  params: projectionParamsSchema,
  body: { json: rebuildInputSchema },
  responses: { 202: { description: 'It is being made', content: { 'application/json': versionSchema } } },
  problems: ['rebuild-under-way', ...atWork],
});

const command = (name: 'Resume' | 'Cancel' | 'Switch' | 'Drop', summary: string, description: string) =>
  defineEndpoint({
    ...shared,
    operationId: `post${name}Version`,
    method: 'post',
    path: `${path}/{version}/${name.toLowerCase() as Lowercase<typeof name>}`,
    summary,
    description,
    params: versionParamsSchema,
    responses: version('The version, as it is now'),
    problems: ['unknown-version', 'version-refused', 'rebuild-under-way', ...atWork],
  });

export const postResumeVersion = command(
  'Resume',
  'Go on with a version that was cancelled or has halted',
  'From where it stands.',
);

export const postCancelVersion = command(
  'Cancel',
  'Leave a version that is being made where it is',
  'What was written stays, until it is resumed or dropped.',
);

export const postSwitchVersion = command(
  'Switch',
  'Have another version serve',
  'Both are brought to one position, and from then on all queries are answered from the other one. What it has differently is ' +
    'published as revisions and removals; nothing else is published again. A retired version is first brought up to the log: ' +
    'the answer is then `catching-up`, and the same call switches once it is `ready`. The same again changes nothing.',
);

export const postDropVersion = command(
  'Drop',
  'Remove a version that does not serve',
  'With all of its rows. One that is being made is given up.',
);

export const getDifferences = defineEndpoint({
  ...shared,
  operationId: 'getDifferences',
  method: 'get',
  path: `${path}/{version}/differences`,
  summary: 'What would change if a version served',
  description:
    'Compares the changes of a version that is `ready` with those of the one that serves, both at one position.',
  params: versionParamsSchema,
  query: z.strictObject({
    limit: z
      .string()
      .regex(/^\d{1,4}$/, 'must be a whole number up to 1000')
      .transform(Number)
      .pipe(z.int().min(1).max(1000))
      .optional()
      .meta({ description: 'At most so many histories; 100, if left out' }),
  }),
  responses: { 200: { description: 'The differences', content: { 'application/json': differencesSchema } } },
  problems: ['unknown-version', 'version-refused', ...atWork],
});

export const postRefold = defineEndpoint({
  ...shared,
  operationId: 'postRefold',
  method: 'post',
  path: '/v1/projections/{name}/refold',
  summary: 'Fold some histories anew',
  description:
    'Those of a holder, or about a proposition, or the one of both, from the statements that the read model holds; what comes ' +
    'to something else is told, and written unless it is a dry run.',
  params: projectionParamsSchema,
  body: { json: refoldInputSchema },
  responses: { 200: { description: 'What came of it', content: { 'application/json': refoldedSchema } } },
  problems: [...atWork],
});

/** What whoever has the projector answers about versions of the read model. */
export const versionEndpoints = [
  listVersions,
  postRebuild,
  postResumeVersion,
  postCancelVersion,
  postSwitchVersion,
  postDropVersion,
  getDifferences,
  postRefold,
] as const;
