import type { Config, ServiceName } from '@stance/config';

import { runProcess } from './run-process.ts';
import type { RunningService, StartOptions } from './run-process.ts';

export interface Main {
  readonly name: Exclude<ServiceName, 'standalone' | 'command'>;
  /** For who asks what the program is, in a sentence or two. */
  readonly what: string;
  start(config: Config, options: StartOptions): Promise<RunningService>;
}

/** All that the program of a service does, its exit code included. */
export const runMain = async ({ name, what, start }: Main): Promise<void> => {
  const usage = `${what}\nIt takes no arguments; STANCE_ variables of the environment configure it (docs/reference/configuration.md).\n`;
  const [argument] = process.argv.slice(2);
  if (argument === '--help' || argument === '-h') {
    process.stdout.write(usage);
  } else if (argument !== undefined) {
    process.stderr.write(`stance tracker: "${argument}" is not understood.\n${usage}`);
    process.exitCode = 2;
  } else {
    process.exitCode = await runProcess(process.env, {
      name,
      start,
      announcement: ({ address }) => [`Stance tracker ${name} listens on ${address}`],
    });
  }
};
