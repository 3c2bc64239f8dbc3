import type { ChangeAnswer } from '@stance/contracts';
import { changeKinds, changeStatuses } from '@stance/contracts/choices';
import type { Command } from 'commander';

import type { Run } from '../run.ts';
import { readQuery, withLimit, withReadOptions, type ReadOptions, type Session } from '../session.ts';
import { day, evidenceLines, settled, status, step } from '../terminal/stance-text.ts';
import { cut, oneLine } from '../terminal/text.ts';
import { showList } from './show-list.ts';

export interface ChangesFilterOptions {
  readonly holder?: string;
  readonly proposition?: string;
  readonly kind?: string;
  readonly status?: string;
  readonly from?: string;
  readonly to?: string;
}

interface ChangesOptions extends ReadOptions, ChangesFilterOptions {
  readonly limit?: number;
}

/** As the service hears it, which says what is no kind or status. */
export const changesFilter = ({ kind, status: state, holder, proposition, from, to }: ChangesFilterOptions) => ({
  holder,
  proposition,
  kind: kind?.split(',') as ChangeAnswer['kind'][] | undefined,
  status: state?.split(',') as ChangeAnswer['status'][] | undefined,
  from,
  to,
});

/** The options that say which changes. */
export const withChangesFilter = (command: Command): Command =>
  command
    .option('--holder <id>', 'of this actor only')
    .option('--proposition <id>', 'about this proposition only')
    .option('--kind <kinds>', `separated by commas: ${changeKinds.join(', ')}`)
    .option('--status <states>', `separated by commas: ${changeStatuses.join(', ')}`)
    .option('--from <date>', 'from this day on')
    .option('--to <date>', 'up to this day, inclusive');

export const addChanges = (program: Command, run: Run): void => {
  const command = withChangesFilter(withLimit(withReadOptions(program.command('changes'))))
    .description('who changed, when, from what to what, and which words show it; newest first')
    .option('--method <name>', 'the method to tell it by')
    .action((options: ChangesOptions) =>
      run(command, async (session) => {
        const { knownAt, minPosition, method } = readQuery(options);
        const query = { ...changesFilter(options), knownAt, minPosition, method };
        await showList<ChangeAnswer>(session, {
          list: (limit) => session.client.changes.list({ ...query, limit }),
          limit: options.limit,
          none: 'No change matches.',
          print: (change) => printChange(session, change),
        });
      }),
    );
};

/** Two lines, and the words that opened it. */
export const printChange = async ({ terminal, names }: Session, change: ChangeAnswer): Promise<void> => {
  const name = await names.actor(change.holder);
  terminal.line(
    `${day(change.at)}  ${terminal.paint('bold', cut(name, 36))}  ${step(terminal, change)} · ${status(terminal, settled(change))}`,
  );
  terminal.line(`            ${cut(await names.proposition(change.proposition), terminal.width - 12)}`);
  if (change.condition !== undefined)
    terminal.line(cut(`            only if: ${oneLine(change.condition)}`, terminal.width));
  if (change.disownedBy !== undefined) terminal.line(`            taken back by ${change.disownedBy}`);
  const opening = change.evidence.find(({ statementId }) => statementId === change.openedBy) ?? change.evidence[0];
  if (opening === undefined) return;
  for (const line of await evidenceLines(terminal, names, opening, ' '.repeat(12))) terminal.line(line);
};
