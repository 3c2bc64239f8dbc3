import { endpoints } from '@stance/contracts';

import { code, table } from './table.ts';

const calls = (tag: string): string =>
  table(
    ['call', 'does', 'scope', 'problems of its own'],
    endpoints
      .filter((endpoint) => endpoint.tag === tag)
      .map((endpoint) => [
        code(`${endpoint.method.toUpperCase()} ${endpoint.path}`),
        endpoint.summary,
        endpoint.scope === null ? 'open' : code(endpoint.scope),
        endpoint.problems.map(code).join(' '),
      ]),
  );

export const httpPage = (): string => `# HTTP

The full word on parameters and shapes is the OpenAPI 3.1 document that a running service gives: \`GET /openapi.json\`, and
to look at, \`GET /docs\`. What can go wrong is listed under [problems](problems.md).

JSON in camelCase. Instants are ISO 8601 in UTC, dates that may be vague are EDTF (\`2024-06\`, \`2024-06-05/2024-06-08\`,
\`../2020\`) and answered as \`{edtf, earliest, latest}\`. Unknown fields are an error. 2xx means durable. Every write answers
with a \`position\`; a read with \`minPosition=\` waits until it is in. Lists are \`{items, next?}\`; \`next\` goes into \`after=\`.

## Writing

${calls('Writing')}

## Reading

${calls('Reading')}

## Operating

${calls('Operating')}
`;
