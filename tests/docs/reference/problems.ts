import { problems, problemType } from '@stance/contracts';

import { code, table } from './table.ts';

export const problemsPage = (): string => `# Problems

Errors are \`application/problem+json\` (RFC 9457). Programs tell them apart by \`code\`, which never changes its meaning.
\`detail\` says what is wrong and where; \`errors\` lists each wrong field of the input with its \`path\`; \`retryable\` says
whether the same call may go through later. \`type\` is \`${problemType('not-found').replace('not-found', '<code>')}\`. In an
NDJSON answer the \`error\` of a rejected line has the same fields.

${table(
  ['code', 'status', 'retryable', 'meaning'],
  Object.entries(problems).map(([name, { status, retryable, title, meaning }]) => [
    code(name),
    String(status),
    retryable ? 'yes' : 'no',
    `**${title}.** ${meaning}`,
  ]),
)}
`;
