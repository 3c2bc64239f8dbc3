import { variablesTable } from '@stance/config';

export const configurationPage = (): string => `# Configuration

The service reads its environment once, at the start, and refuses to start with one message that lists all that is wrong,
unknown \`STANCE_\` variables included. Relative paths go from the folder in which it is started.

${variablesTable()}

The command \`stance\` asks the service that its options or these variables name:

| variable | default | meaning |
|---|---|---|
| \`STANCE_URL\` | what \`STANCE_HOST\` and \`STANCE_PORT\` say; without them \`http://127.0.0.1:4000\` | the service to talk to; \`--url\` goes before it |
| \`STANCE_TOKEN\` | none | sent as \`Authorization: Bearer\`; \`--token\` goes before it |

Its commands \`serve\`, \`verify\` and \`rebuild\` work on the service's own files, and read the variables of the service.
`;
