import { readConfig } from '@stance/config';
import type { Config } from '@stance/config';
import type { RebuildOptions, Rebuilt, Verification, VerifiedTable, VerifyOptions } from '@stance/projection';
import type { Command } from 'commander';

import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Run } from '../run.ts';
import type { Session } from '../session.ts';
import { wholeNumber } from '../session.ts';
import { startSteps } from '../terminal/progress.ts';
import { counted, cut, wrap } from '../terminal/text.ts';

type Locations = Pick<Config, 'eventStore' | 'readModel' | 'feedStore'>;
type Work = Pick<VerifyOptions, 'source' | 'sample' | 'onProgress' | 'signal'>;

// What works on the stores takes a while to load, and no other command needs it.
const verifyThere = async (locations: Locations, work: Work): Promise<Verification> => {
  const { feedStore } = locations;
  const { defaultMethod } = await import('@stance/domain');
  const readModel = await servingReadModel(locations);
  if (readModel.kind === 'postgres') {
    const { verifyPostgres } = await import('@stance/projection/postgres');
    if (feedStore.kind !== 'postgres') throw feedElsewhere();
    return verifyPostgres({ ...work, method: defaultMethod, readModel, feed: feedStore });
  }
  const { verify } = await import('@stance/projection');
  if (feedStore.kind !== 'sqlite') throw feedElsewhere();
  return verify({ ...work, method: defaultMethod, readModelPath: readModel.file, feedPath: feedStore.file });
};

/** Of the versions of the read model the one that serves. */
const servingReadModel = async ({ readModel }: Pick<Locations, 'readModel'>) => {
  const { activeVersion, versionLocation } = await import('@stance/stores');
  return versionLocation(readModel, await activeVersion(readModel));
};

const feedElsewhere = (): CliError =>
  new CliError('wrong-use', 'the feed has to be kept where the read model is: both in files, or both in PostgreSQL', {
    hint: 'Leave STANCE_FEED_STORE_URL out.',
  });

interface VerifyCommandOptions {
  readonly quick?: boolean;
  readonly sample?: number;
  readonly seed?: number;
}

/** Histories that are folded anew where it is to be quick. */
const usualSample = 1000;

export const addVerify = (program: Command, run: Run): void => {
  const command = program
    .command('verify')
    .description(
      'compare the read model with the events, and with a clean rebuild of it, and the change feed with the current changes; ' +
        'in the stores that STANCE_ variables name, also while the service runs',
    )
    .option('--quick', 'fold only some histories anew, in place of a rebuild')
    .option(
      '--sample <histories>',
      `with --quick: how many of them, chosen by chance (default: ${usualSample})`,
      wholeNumber(0),
    )
    .option('--seed <n>', 'with --quick: the same number chooses the same ones', wholeNumber(0))
    .action(({ quick = false, sample = usualSample, seed = Date.now() % 2 ** 32 }: VerifyCommandOptions) =>
      run(command, async (session) => {
        const config = readConfig(process.env, 'command');
        const { openEventLog } = await import('@stance/stores');
        await using closing = new AsyncDisposableStack();
        const source = await openEventLog(config.eventStore);
        closing.defer(() => source.close());
        const steps = startSteps();
        closing.defer(async () => steps.stop());
        const verification = await verifyThere(config, {
          source,
          signal: session.signal,
          ...(quick ? { sample: { histories: sample, seed } } : {}),
          onProgress: ({ step, position }) =>
            steps.update(`${step === 'rebuild' ? 'rebuilding' : step}: position ${position}`),
        });
        steps.stop();
        if (session.terminal.json) session.terminal.data(verification);
        else printVerification(session, verification);
        return verification.equal ? exitCode.done : exitCode.failed;
      }),
    );
};

const rebuildThere = async (
  { eventStore, readModel }: Locations,
  { park, ...work }: Pick<RebuildOptions, 'onProgress' | 'signal'> & { readonly park: boolean },
): Promise<Rebuilt> => {
  const { defaultMethod } = await import('@stance/domain');
  const { openEventLog, openEventStore, parkedStreams } = await import('@stance/stores');
  const { rebuild, rebuildFromFile } = await import('@stance/projection');
  const serving = await servingReadModel({ readModel });
  // Each is awaited here: what it rests on is closed at the end of this.
  await using closing = new AsyncDisposableStack();
  // Only what is there is rebuilt from: a writer would make a new file.
  const source = await openEventLog(eventStore);
  closing.defer(() => source.close());
  const stopsAtPoison = park ? {} : { stopsAtPoisonBut: await parkedStreams(readModel) };
  const options = { ...work, ...stopsAtPoison, source, method: defaultMethod };
  if (serving.kind === 'postgres') {
    const { rebuildPostgres } = await import('@stance/projection/postgres');
    return await rebuildPostgres({ ...options, readModel: serving });
  }
  if (eventStore.kind !== 'sqlite') return await rebuild({ ...options, path: serving.file });
  // There is one writer at a time: whoever has it keeps the service from running.
  const writer = await openEventStore(eventStore);
  closing.defer(() => writer.close());
  return await rebuildFromFile({ ...options, eventStorePath: eventStore.file, path: serving.file });
};

/** @throws CliError where the rebuild ended at an event that nobody can handle. */
const tellPoison = (error: unknown): never => {
  if (!(error instanceof Error && 'code' in error && error.code === 'poison-event')) throw error;
  throw new CliError('poison-event', `The rebuild stopped: ${error.message}. The read model is as it was`, {
    hint: 'With --park the event is parked, with the rest of its stream, and the rebuild goes on; `stance parked` tells of it then.',
    cause: error,
  });
};

export const addRebuild = (program: Command, run: Run): void => {
  const command = program
    .command('rebuild')
    .description(
      'make the read model anew from the events, in the stores that STANCE_ variables name: files while the service is ' +
        'stopped, PostgreSQL also while it runs',
    )
    .option('--park', 'park an event that cannot be handled, as the service does, rather than stop at it')
    .action(({ park = false }: { park?: boolean }) =>
      run(command, async ({ terminal, signal }) => {
        const config = readConfig(process.env, 'command');
        await using closing = new AsyncDisposableStack();
        const steps = startSteps();
        closing.defer(async () => steps.stop());
        const rebuilt = await rebuildThere(config, {
          park,
          signal,
          onProgress: (position) => steps.update(`position ${position}`),
        }).catch(tellPoison);
        steps.stop();
        if (terminal.json) terminal.data(rebuilt);
        else
          terminal.line(
            `Rebuilt from ${counted(rebuilt.events, 'event')}, up to position ${rebuilt.position}; parked: ${rebuilt.parked}`,
          );
      }),
    );
};

const printVerification = ({ terminal }: Session, verification: Verification): void => {
  const { equal, position, events, tables, sample, feed } = verification;
  const row = (name: string, rows: number, same: boolean): void =>
    terminal.line(
      `${name.padEnd(24)}${rows.toLocaleString('en').padStart(12)}  ${same ? 'same' : terminal.paint('red', 'DIFFERENT')}`,
    );
  for (const { type, log, rows } of events.types)
    row(type, log.rows, log.rows === rows.rows && log.digest === rows.digest);
  if (events.parked > 0) terminal.line(`${'parked'.padEnd(24)}${events.parked.toLocaleString('en').padStart(12)}`);
  if (events.skipped > 0) terminal.line(`${'skipped'.padEnd(24)}${events.skipped.toLocaleString('en').padStart(12)}`);
  if (events.firstDifference !== null) {
    const { position: at, type, log, rows } = events.firstDifference;
    terminal.line(`  first, at position ${at}: ${type}`);
    terminal.line(`  in the log:       ${cut(log ?? 'nothing', terminal.width - 20)}`);
    terminal.line(`  in the rows:      ${cut(rows ?? 'no row', terminal.width - 20)}`);
  }
  for (const table of tables) {
    row(table.table, table.live.rows, table.firstDifference === null);
    printDifference(terminal, table);
  }
  if (sample !== null) {
    row(`histories, of ${sample.of.toLocaleString('en')}`, sample.histories, sample.equal);
    const { firstDifference } = sample;
    if (firstDifference !== null) terminal.line(`  first: ${firstDifference.holder} ${firstDifference.proposition}`);
  }
  if (feed !== null) {
    // Of a feed that still followed, what it had at first says nothing: all of these were compared in the end.
    row('changes in the feed', feed.equal ? feed.current : feed.applied, feed.equal);
    if (feed.gapAfter !== null) terminal.line(`  a position is missing after ${feed.gapAfter}`);
    if (feed.firstDifference !== null) terminal.line(`  first: ${feed.firstDifference.changeId}`);
  }
  terminal.line();
  const outcome = equal
    ? sample === null
      ? `At position ${position} all is as the events say, and as a clean rebuild has it.`
      : `At position ${position} all is as the events say, as far as it was looked at (seed ${sample.seed}).`
    : `At position ${position} not all is as the events say. Either the read model is damaged, or the log is: a rebuild ` +
      'would copy damage of the log over a good read model. Compare the log with a backup of it first; if it is whole, ' +
      'stop the service and run `stance rebuild`.';
  for (const line of wrap(outcome, terminal.width)) terminal.line(line);
};

const printDifference = (terminal: Session['terminal'], { firstDifference }: VerifiedTable): void => {
  if (firstDifference === null) return;
  terminal.line(`  first, as it is:  ${cut(firstDifference.live ?? 'no row', terminal.width - 20)}`);
  terminal.line(`  as rebuilt:       ${cut(firstDifference.rebuilt ?? 'no row', terminal.width - 20)}`);
};
