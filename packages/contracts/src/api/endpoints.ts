import type { Endpoint } from './endpoint.ts';
import { operatingEndpoints } from './operating.ts';
import { readingEndpoints } from './reading/index.ts';
import { registryWritingEndpoints } from './writing-registry.ts';
import { relationWritingEndpoints } from './writing-relations.ts';
import { statementWritingEndpoints } from './writing-statements.ts';

/** Every call of the API. */
export const endpoints: readonly Endpoint[] = [
  ...statementWritingEndpoints,
  ...registryWritingEndpoints,
  ...relationWritingEndpoints,
  ...readingEndpoints,
  ...operatingEndpoints,
];
