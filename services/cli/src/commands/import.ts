import { Option, type Command } from 'commander';

import type { Importer } from '../import/importer.ts';
import { mappedBatches } from '../import/mapped-batches.ts';
import { openRegistry } from '../import/registry.ts';
import type { UnVotesMode } from '../import/un-votes.ts';
import { longestLine } from '../lines/gather.ts';
import { lineBlocks } from '../lines/line-blocks.ts';
import { openInput } from '../lines/open-input.ts';
import type { Run } from '../run.ts';
import type { Session } from '../session.ts';
import { counted } from '../terminal/text.ts';
import { printKnownAt } from './known-at.ts';
import { reportLines } from './lines-report.ts';

// What the importers check lines by takes a while to load, and no other command needs it.
export const addImport = (program: Command, run: Run): void => {
  const group = program.command('import').description('make statements of data that others publish');
  const file = 'a file, plain or gzip; - for standard input';

  const votes = group
    .command('un-votes')
    .description('votes of the UN General Assembly, one line a country and roll call')
    .argument('<file>', file)
    .addOption(
      new Option('--by <shape>', 'one proposition a roll call, or one of all votes that share a title')
        .choices(['roll-call', 'title'])
        .default('roll-call'),
    )
    .action((name: string, { by }: { by: UnVotesMode }) =>
      run(votes, async (session) => {
        const { unVotesImporter } = await import('../import/un-votes.ts');
        return importFile(session, name, unVotesImporter(by));
      }),
    );

  const embargo = group
    .command('un-cuba-embargo')
    .description('the yearly UN resolution against the embargo on Cuba, one line a country')
    .argument('<file>', file)
    .action((name: string) =>
      run(embargo, async (session) => {
        const { unCubaEmbargoImporter } = await import('../import/un-cuba-embargo.ts');
        return importFile(session, name, unCubaEmbargoImporter());
      }),
    );

  const examples = group
    .command('examples')
    .description('a folder of actors.ndjson, propositions.ndjson and statements.ndjson')
    .argument('<folder>', 'for instance examples/macron-trainers')
    .action((folder: string) =>
      run(examples, async (session) => {
        const { terminal, client } = session;
        const { loadExamples } = await import('../import/examples.ts');
        const loaded = await loadExamples(client, folder);
        if (terminal.json) {
          terminal.data(loaded);
          return;
        }
        terminal.line(
          `${counted(loaded.actors, 'actor')}, ${counted(loaded.propositions, 'proposition')}, ${counted(loaded.statements, 'statement')}, up to position ${loaded.position}`,
        );
        await printKnownAt(session, loaded.position);
      }),
    );
};

const importFile = async (session: Session, file: string, importer: Importer) => {
  const input = await openInput(file, session.signal);
  return reportLines(session, {
    input,
    batches: async function* (retry) {
      const registry = await openRegistry(session.client, retry, importer.propositionPrefix);
      yield* mappedBatches(lineBlocks(input.chunks(), longestLine), importer, registry);
    },
  });
};
