import type { Command } from 'commander';

import type { Run } from '../run.ts';

export const addServe = (program: Command, run: Run): void => {
  const command = program
    .command('serve')
    .description('run the whole service in this process until Ctrl-C; STANCE_ variables configure it')
    .action(() =>
      run(command, async ({ terminal }) => {
        // Only this command needs the whole service, which takes a while to load.
        const { runStandalone } = await import('@stance/standalone');
        return runStandalone(process.env, { json: terminal.json });
      }),
    );
};
