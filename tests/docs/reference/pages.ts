import { asyncApi } from './asyncapi.ts';
import { cliPage } from './cli.ts';
import { configurationPage } from './configuration.ts';
import { eventsPage } from './events.ts';
import { httpPage } from './http.ts';
import { methodPage } from './method.ts';
import { problemsPage } from './problems.ts';
import { statementPage } from './statement.ts';
import { topicsPage } from './topics.ts';

const written: Readonly<Record<string, () => string | Promise<string>>> = {
  'cli.md': cliPage,
  'configuration.md': configurationPage,
  'events.md': eventsPage,
  'http.md': httpPage,
  'method.md': methodPage,
  'problems.md': problemsPage,
  'statement.md': statementPage,
  'topics.md': topicsPage,
};

const note = '<!-- Written by `npm run docs` from the code: change it there. -->\n\n';

/** The pages of the reference that are made from the code, by file name. */
export const pages: Readonly<Record<string, () => Promise<string>>> = {
  ...Object.fromEntries(Object.entries(written).map(([name, page]) => [name, async () => note + (await page())])),
  'asyncapi.json': async () => asyncApi(),
};
