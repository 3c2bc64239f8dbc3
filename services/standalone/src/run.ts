import { relative } from 'node:path';

import { runProcess } from '@stance/service';
import type { ExitCode } from '@stance/service';

import { startStandalone } from './standalone.ts';
import type { Standalone } from './standalone.ts';

/** From the current folder where it lies in it. */
const shownPath = (path: string): string => {
  const way = relative('', path);
  return way === '' || way.startsWith('..') ? path : way;
};

/** Where the command looks for the service that is told nothing. */
const defaultAddress = 'http://127.0.0.1:4000';

const announcement = (standalone: Standalone): readonly string[] => {
  const url = standalone.address === defaultAddress ? '' : ` --url ${standalone.address}`;
  return [
    `Stance tracker listens on ${standalone.address}`,
    ...standalone.seeded.map(
      ({ folder, actors, propositions, statements }) =>
        `Loaded the examples in ${shownPath(folder)}: ${actors} actors, ${propositions} propositions, ${statements} statements`,
    ),
    `Ask it from another terminal, for example: npm run -s stance -- changes${url}`,
    `Look at it in a browser: ${standalone.address} (what it can be asked: ${standalone.address}/docs)`,
  ];
};

/** Where it listens and what it has loaded, for a program: one line of JSON. */
const jsonAnnouncement = ({ address, seeded }: Standalone): readonly string[] => [JSON.stringify({ address, seeded })];

/**
 * Runs the service until a signal asks it to stop. The address goes to standard output, in the first line; the log to
 * standard error. Never rejects: what went wrong is said on standard error, and by the exit code.
 */
export const runStandalone = (
  env: NodeJS.ProcessEnv,
  { json = false }: { readonly json?: boolean } = {},
): Promise<ExitCode> =>
  runProcess(env, {
    name: 'standalone',
    start: startStandalone,
    announcement: json ? jsonAnnouncement : announcement,
  });
