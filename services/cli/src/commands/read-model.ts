import { readConfig } from '@stance/config';
import { defaultMethod } from '@stance/domain';
import type { Verification, VerifiedTable } from '@stance/projection';
import type { Command } from 'commander';

import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Run } from '../run.ts';
import type { Session } from '../session.ts';
import { startSteps } from '../terminal/progress.ts';
import { counted, cut, wrap } from '../terminal/text.ts';

// What reads the files takes a while to load, and no other command needs it.
const openFiles = async () => {
  const { eventStore, readModel, feedStore } = readConfig(process.env);
  if (eventStore.kind !== 'sqlite' || readModel.kind !== 'sqlite' || feedStore.kind !== 'sqlite') {
    throw new CliError('wrong-use', 'this command works on files: STANCE_ variables name a server', {
      hint: 'Name event store, read model and feed as sqlite:PATH.',
    });
  }
  const { openSqliteEventLogReader, openSqliteEventStore } = await import('@stance/event-store/sqlite');
  const path = eventStore.file;
  return {
    eventStorePath: path,
    readModelPath: readModel.file,
    feedPath: feedStore.file,
    openLog: () => openSqliteEventLogReader({ path }),
    /** There is one writer at a time: whoever has it keeps the service from running. */
    openWriter: () => openSqliteEventStore({ path }),
  };
};

export const addVerify = (program: Command, run: Run): void => {
  const command = program
    .command('verify')
    .description(
      'compare the read model with a clean rebuild of it, and the change feed with the current changes; ' +
        'on the files that STANCE_ variables name, also while the service runs',
    )
    .action(() =>
      run(command, async (session) => {
        const { readModelPath, feedPath, openLog } = await openFiles();
        const { verify } = await import('@stance/projection');
        await using closing = new AsyncDisposableStack();
        const source = await openLog();
        closing.defer(() => source.close());
        const steps = startSteps();
        closing.defer(async () => steps.stop());
        const verification = await verify({
          source,
          readModelPath,
          method: defaultMethod,
          feedPath,
          signal: session.signal,
          onProgress: ({ step, position }) =>
            steps.update(step === 'rebuild' ? `rebuilding: position ${position}` : step),
        });
        steps.stop();
        if (session.terminal.json) session.terminal.data(verification);
        else printVerification(session, verification);
        return verification.equal ? exitCode.done : exitCode.failed;
      }),
    );
};

export const addRebuild = (program: Command, run: Run): void => {
  const command = program
    .command('rebuild')
    .description(
      'make the read model anew from the events, while the service is stopped; on the files that STANCE_ variables name',
    )
    .action(() =>
      run(command, async ({ terminal, signal }) => {
        const { eventStorePath, readModelPath, openLog, openWriter } = await openFiles();
        const { rebuildFromFile } = await import('@stance/projection');
        await using closing = new AsyncDisposableStack();
        // Only what is there is rebuilt from: a writer would make a new file.
        await (await openLog()).close();
        const writer = await openWriter();
        closing.defer(() => writer.close());
        const steps = startSteps();
        closing.defer(async () => steps.stop());
        const rebuilt = await rebuildFromFile({
          eventStorePath,
          path: readModelPath,
          method: defaultMethod,
          signal,
          onProgress: (position) => steps.update(`position ${position}`),
        });
        steps.stop();
        if (terminal.json) terminal.data(rebuilt);
        else
          terminal.line(
            `Rebuilt from ${counted(rebuilt.events, 'event')}, up to position ${rebuilt.position}; parked: ${rebuilt.parked}`,
          );
      }),
    );
};

const printVerification = ({ terminal }: Session, { equal, position, tables, feed }: Verification): void => {
  const row = (name: string, rows: number, same: boolean): void =>
    terminal.line(
      `${name.padEnd(24)}${rows.toLocaleString('en').padStart(12)}  ${same ? 'same' : terminal.paint('red', 'DIFFERENT')}`,
    );
  for (const table of tables) {
    row(table.table, table.live.rows, table.firstDifference === null);
    printDifference(terminal, table);
  }
  if (feed !== null) {
    // Of a feed that still followed, what it had at first says nothing: all of these were compared in the end.
    row('changes in the feed', feed.equal ? feed.current : feed.applied, feed.equal);
    if (feed.gapAfter !== null) terminal.line(`  a position is missing after ${feed.gapAfter}`);
    if (feed.firstDifference !== null) terminal.line(`  first: ${feed.firstDifference.changeId}`);
  }
  terminal.line();
  const outcome = equal
    ? `At position ${position} all is as a clean rebuild has it.`
    : `At position ${position} not all is as a clean rebuild has it. Either the read model is damaged, or the log is: a rebuild ` +
      'would copy damage of the log over a good read model. Compare the log with a backup of it first; if it is whole, ' +
      'stop the service and run `stance rebuild`.';
  for (const line of wrap(outcome, terminal.width)) terminal.line(line);
};

const printDifference = (terminal: Session['terminal'], { firstDifference }: VerifiedTable): void => {
  if (firstDifference === null) return;
  terminal.line(`  first, as it is:  ${cut(firstDifference.live ?? 'no row', terminal.width - 20)}`);
  terminal.line(`  as rebuilt:       ${cut(firstDifference.rebuilt ?? 'no row', terminal.width - 20)}`);
};
