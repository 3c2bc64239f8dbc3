import type { Endpoint } from './endpoint.ts';
import { getProjections, operatingEndpoints } from './operating.ts';
import { parkedCommandEndpoints, parkedReadingEndpoints } from './parked.ts';
import { versionEndpoints } from './versions.ts';
import { webhookEndpoints } from './webhooks.ts';
import { readingEndpoints } from './reading/index.ts';
import { registryWritingEndpoints } from './writing-registry.ts';
import { relationWritingEndpoints } from './writing-relations.ts';
import { statementWritingEndpoints } from './writing-statements.ts';

/** What ingestion answers. */
export const writingEndpoints: readonly Endpoint[] = [
  ...statementWritingEndpoints,
  ...registryWritingEndpoints,
  ...relationWritingEndpoints,
];

/** What every process answers. */
export const processEndpoints: readonly Endpoint[] = operatingEndpoints.filter(
  ({ operationId }) => operationId !== getProjections.operationId,
);

/** What the query service answers. */
export const queryEndpoints: readonly Endpoint[] = [...readingEndpoints, getProjections, ...parkedReadingEndpoints];

/** Every call of the API. */
export const endpoints: readonly Endpoint[] = [
  ...writingEndpoints,
  ...readingEndpoints,
  ...operatingEndpoints,
  ...parkedReadingEndpoints,
  ...parkedCommandEndpoints,
  ...versionEndpoints,
  ...webhookEndpoints,
];
