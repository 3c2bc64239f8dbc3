import {
  actSchema,
  authoritySchema,
  directionSchema,
  directnessSchema,
  disownsSchema,
  edtfSchema,
  endorsesSchema,
  extractionSchema,
  partSchema,
  postStatements,
  quoteSchema,
  reporterSchema,
  sourceSchema,
  statementInputSchema,
} from '@stance/contracts';
import { z } from 'zod';

import { code, table } from './table.ts';

interface Shown {
  readonly type?: string;
  readonly $ref?: string;
  readonly maxLength?: number;
}

/** What has a heading of its own further down. */
const explained = new Map<z.ZodType, string>([
  [directionSchema, 'direction'],
  [actSchema, 'act'],
  [authoritySchema, 'authority'],
  [sourceSchema, 'source'],
  [partSchema, 'part'],
  [quoteSchema, 'quote'],
  [directnessSchema, 'directness'],
  [endorsesSchema, 'endorses'],
  [disownsSchema, 'disowns'],
  [extractionSchema, 'extraction'],
]);

const inner = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;

const kindOf = (schema: z.ZodType): string => {
  const heading = explained.get(inner(schema));
  if (heading !== undefined) return `see [${heading}](#${heading})`;
  if (inner(schema) === edtfSchema) return 'date';
  const { $ref, type, maxLength } = z.toJSONSchema(inner(schema), { io: 'input' }) as Shown;
  if ($ref !== undefined) return 'id';
  if (type === 'array') return 'list, see [reportedBy](#reportedby)';
  return type === 'string' ? `text, up to ${(maxLength ?? 0).toLocaleString('en')} characters` : (type ?? '');
};

const descriptionOf = (schema: z.ZodType): string =>
  schema.meta()?.description ?? inner(schema).meta()?.description ?? '';
/** What it is about. Words and their meanings stand on the lines after that. */
const firstLine = (schema: z.ZodType): string => descriptionOf(schema).split('\n')[0] ?? '';

const fields = (schema: z.ZodObject): string =>
  table(
    ['field', 'what it is', 'meaning'],
    Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => [
      field instanceof z.ZodOptional ? code(name) : `${code(name)} (required)`,
      kindOf(field),
      firstLine(field).replace(/\.$/, ''),
    ]),
  );

const words = (schema: z.ZodType): string => descriptionOf(schema).replaceAll('\n', '\n- ').replace('\n', '\n\n');

const examples = Object.values(postStatements.body?.examples ?? {})
  .map(({ summary, value }) => `${summary}:\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``)
  .join('\n\n');

export const statementPage = (): string => `# The statement

One JSON object: the body of \`POST /v1/statements\`, or one line of NDJSON. How to get from a sentence to these fields is
told in [how to code a statement](../how-to/code-a-statement.md), what weighs how much in [the method](method.md). Other
fields are errors. A statement has at most 64 KiB. Of \`saidAt\` and \`source.publishedAt\` one is required, and \`direction\`
with most [acts](#act).

${fields(statementInputSchema)}

An id is 1 to 128 characters of \`A-Z a-z 0-9 . _ : ~ -\`. A date is EDTF (\`2024\`, \`2024-06\`, \`2024-06-05\`,
\`2024-06-05/2024-06-08\`, \`../2024-06-08\`) or an instant in ISO 8601; days are UTC days.

## direction

${words(directionSchema)}

Required, but for the acts \`endorse\`, \`reject\` and \`disown\`, with which it must not be given.

## act

${words(actSchema)}

## authority

${words(authoritySchema)}

\`self\` cannot be given where somebody other than the holder speaks.

## reportedBy

${firstLine(statementInputSchema.shape.reportedBy)}.

${fields(reporterSchema)}

## source

${firstLine(sourceSchema)}.

${fields(sourceSchema)}

## part

${words(partSchema)}

## quote

${firstLine(quoteSchema)}.

${fields(quoteSchema)}

## directness

${words(directnessSchema)}

## endorses

${firstLine(endorsesSchema)}.

${fields(endorsesSchema)}

## disowns

${firstLine(disownsSchema)}.

Either \`{"statementId": …}\` or \`{"utteranceId": …}\`.

## extraction

${firstLine(extractionSchema)}.

${fields(extractionSchema)}

## Examples

${examples}
`;
