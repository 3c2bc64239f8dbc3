import type { Command } from 'commander';

import { gather, longestLine } from '../lines/gather.ts';
import { lineBlocks } from '../lines/line-blocks.ts';
import { oneStatementALine } from '../lines/one-statement-a-line.ts';
import { openInput } from '../lines/open-input.ts';
import type { Run } from '../run.ts';
import { reportLines } from './lines-report.ts';

export const addIngest = (program: Command, run: Run): void => {
  const command = program
    .command('ingest')
    .description('record statements, one JSON object a line (NDJSON)')
    .argument('<file>', 'a file, plain or gzip; - for standard input')
    .option('--create-missing', 'register actors and propositions that are not known yet, under their id')
    .action((file: string, options: { createMissing?: boolean }) =>
      run(command, async (session) => {
        const input = await openInput(file, session.signal);
        return reportLines(session, {
          input,
          createMissing: options.createMissing === true,
          batches: () => gather(oneStatementALine(lineBlocks(input.chunks(), longestLine), input.name)),
        });
      }),
    );
};
