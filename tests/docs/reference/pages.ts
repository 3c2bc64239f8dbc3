import { cliPage } from './cli.ts';
import { configurationPage } from './configuration.ts';
import { eventsPage } from './events.ts';
import { httpPage } from './http.ts';
import { methodPage } from './method.ts';
import { problemsPage } from './problems.ts';

/** The pages of the reference that are made from the code, by file name. */
export const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  'cli.md': cliPage,
  'configuration.md': configurationPage,
  'events.md': eventsPage,
  'http.md': httpPage,
  'method.md': methodPage,
  'problems.md': problemsPage,
};
