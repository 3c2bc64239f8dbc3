import { variablesTable } from '@stance/config';

export const configurationPage = (): string => `# Configuration

The service reads its environment once, at the start, and refuses to start with one message that lists all that is wrong,
unknown \`STANCE_\` variables included. Relative paths go from the folder in which it is started.

${variablesTable()}

The command \`stance\` reads two variables of its own:

| variable | default | meaning |
|---|---|---|
| \`STANCE_URL\` | \`http://127.0.0.1:4000\` | the service to talk to |
| \`STANCE_TOKEN\` | none | sent as \`Authorization: Bearer\` |
`;
