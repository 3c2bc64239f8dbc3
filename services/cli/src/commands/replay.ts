import type { VersionAnswer } from '@stance/contracts';
import type { Command } from 'commander';

import { CliError } from '../cli-error.ts';
import type { Run } from '../run.ts';
import type { Session } from '../session.ts';
import { wholeNumber } from '../session.ts';
import { counted } from '../terminal/text.ts';
import { listDifferences } from './compare-methods.ts';
import { printHistories, printVersion, switchTo, whenReady } from './versions.ts';

interface ReplayOptions {
  readonly holder?: string;
  readonly proposition?: string;
  readonly method?: string;
  readonly dryRun?: boolean;
  readonly switch: boolean;
  readonly dropOld?: boolean;
  readonly resume?: boolean;
  readonly park?: boolean;
  readonly limit?: number;
}

const defaultMethod = 'default';
const usualLimit = 100;

const wrongUse = (message: string, hint: string): CliError => new CliError('wrong-use', message, { hint });

const checkOptions = (options: ReplayOptions): void => {
  const { holder, proposition, method, dryRun, dropOld, resume, park } = options;
  if (method !== undefined && dryRun !== true) {
    throw wrongUse(
      'The read model is made by the method that the service projects by: what another one would change can be seen.',
      'Say --dry-run with --method.',
    );
  }
  const isPart = holder !== undefined || proposition !== undefined;
  const ofWhole = dropOld === true || resume === true || park === true || !options.switch;
  if (isPart && ofWhole) {
    throw wrongUse(
      '--no-switch, --drop-old, --resume and --park are of a replay of all histories.',
      'Leave --holder and --proposition out, or those.',
    );
  }
  if (dryRun === true && (dropOld === true || !options.switch)) {
    throw wrongUse('A dry run switches nothing.', 'Leave --no-switch and --drop-old out.');
  }
};

/** A new version, or the one that is being made already where that is to be gone on with. */
const begin = async ({ client }: Session, { resume, park }: ReplayOptions): Promise<VersionAnswer> => {
  if (resume !== true) return client.versions.rebuild({ park });
  const { items } = await client.versions.list();
  const made = items.find(({ state }) => state === 'building' || state === 'catching-up' || state === 'ready');
  if (made === undefined) {
    throw new CliError('version-not-made', 'No version of the read model is being made', {
      hint: '`stance replay` makes one.',
    });
  }
  return made.halted === undefined ? made : client.versions.resume(made.version);
};

const dryRun = async (session: Session, options: ReplayOptions): Promise<void> => {
  const { client, terminal, signal } = session;
  const { version } = await begin(session, options);
  await whenReady(session, version);
  const differences = await client.versions.differences(version, { limit: options.limit ?? usualLimit }, { signal });
  await client.versions.drop(version);
  if (terminal.json) terminal.data(differences);
  else {
    const { differing, histories, more, position } = differences;
    printHistories(terminal, histories);
    if (more) terminal.line('… and more: --limit shows them');
    terminal.line(
      differing === 0
        ? `Nothing would change, as of position ${position}.`
        : `${counted(differing, 'change')} would differ, as of position ${position}.`,
    );
  }
};

const all = async (session: Session, options: ReplayOptions): Promise<void> => {
  const { client, terminal } = session;
  const { version } = await begin(session, options);
  const old = (await client.versions.list()).items.find(({ state }) => state === 'active');
  const ready = await whenReady(session, version);
  const answer = options.switch ? await switchTo(session, version) : ready;
  if (options.dropOld === true && old !== undefined && old.version !== version) await client.versions.drop(old.version);
  if (terminal.json) terminal.data(answer);
  else printVersion(terminal, answer);
};

const some = async (session: Session, options: ReplayOptions): Promise<void> => {
  const { client, terminal, signal } = session;
  const { holder, proposition } = options;
  const refolded = await client.versions.refold({ holder, proposition, dryRun: options.dryRun === true }, { signal });
  if (terminal.json) {
    terminal.data(refolded);
    return;
  }
  const { folded, histories, written } = refolded;
  printHistories(terminal, histories);
  const outcome = histories.length === 0 ? 'nothing differs' : written ? 'written' : 'nothing was written';
  terminal.line(
    `Histories folded anew: ${folded.toLocaleString('en')}, different: ${histories.length.toLocaleString('en')}; ${outcome}.`,
  );
};

export const addReplay = (program: Command, run: Run): void => {
  const command = program
    .command('replay')
    .description(
      'make the read model anew from all events, in a version beside the one that serves, and switch to it; ' +
        'or fold some histories anew',
    )
    .option('--dry-run', 'only tell which histories would come to something else')
    .option('--holder <id>', 'only the histories of this actor, from the statements that the read model holds')
    .option('--proposition <id>', 'only those about this proposition')
    .option('--method <name>', 'by another method that the service was given; with --dry-run')
    .option('--no-switch', 'leave the new version ready: `stance versions switch` has it serve')
    .option('--drop-old', 'remove the version that served, once another one does')
    .option('--resume', 'go on with the version that is being made already')
    .option('--park', 'park an event that cannot be handled, rather than to halt at it')
    .option('--limit <histories>', `show at most so many that differ (default: ${usualLimit})`, wholeNumber(1))
    .action((options: ReplayOptions) =>
      run(command, async (session) => {
        checkOptions(options);
        const { holder, proposition, method, limit } = options;
        if (method !== undefined) {
          await listDifferences(session, { a: defaultMethod, b: method, holder, proposition, limit });
        } else if (holder !== undefined || proposition !== undefined) await some(session, options);
        else if (options.dryRun === true) await dryRun(session, options);
        else await all(session, options);
      }),
    );
};
