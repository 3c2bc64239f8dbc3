import type { ParkedStream, ParkedStreamDetail, Retried } from '@stance/contracts';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';

import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Run } from '../run.ts';
import type { Session } from '../session.ts';
import { withLimit } from '../session.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, oneLine, wrap } from '../terminal/text.ts';
import { showList } from './show-list.ts';

const printWrapped = (terminal: Terminal, text: string): void => {
  for (const line of wrap(text, terminal.width - 2)) terminal.line(`  ${line}`);
};

const printParked = (terminal: Terminal, parked: ParkedStream): void => {
  const { stream, revision, type, position, since, code, message, waiting, histories } = parked;
  terminal.line(
    `${terminal.paint('cyan', stream)}  revision ${revision} · ${oneLine(type)} · position ${position} · since ${since}`,
  );
  printWrapped(terminal, `${oneLine(message)} (${code})`);
  if (waiting > 0) printWrapped(terminal, `${counted(waiting, 'later event')} of the stream behind it`);
  for (const { holder, proposition } of histories) printWrapped(terminal, `incomplete: ${holder} ${proposition}`);
};

const printDetail = (terminal: Terminal, parked: ParkedStreamDetail): void => {
  printParked(terminal, parked);
  terminal.line();
  terminal.line(
    `event ${parked.eventId}, version ${parked.schemaVersion} of ${oneLine(parked.type)}, as it was stored:`,
  );
  printWrapped(terminal, oneLine(parked.data));
  if (parked.detail !== undefined) {
    terminal.line();
    terminal.line('where it failed:');
    for (const line of parked.detail.split('\n')) terminal.line(`  ${oneLine(line)}`);
  }
  if (parked.behind.length === 0) return;
  terminal.line();
  terminal.line('behind it:');
  for (const { revision, type, position } of parked.behind) {
    terminal.line(`  revision ${revision} · ${oneLine(type)} · position ${position}`);
  }
};

const printRetried = (terminal: Terminal, { stream, applied, parked, reason }: Retried): void => {
  const stays = parked === 0 ? '' : ` · ${counted(parked, 'event')} still parked`;
  terminal.line(`${terminal.paint('cyan', stream)}  ${counted(applied, 'event')} handled${stays}`);
  if (reason !== undefined) printWrapped(terminal, `${oneLine(reason.message)} (${reason.code})`);
};

const retryOne = async ({ client, terminal }: Session, stream: string): Promise<boolean> => {
  const retried = await client.parked.retry(stream);
  if (terminal.json) terminal.data(retried);
  else printRetried(terminal, retried);
  return retried.parked === 0;
};

const retryAll = async (session: Session): Promise<ExitCode> => {
  const { client, terminal } = session;
  const streams: string[] = [];
  for await (const { stream } of client.parked.list()) streams.push(stream);
  if (streams.length === 0 && !terminal.json) terminal.line('Nothing is parked.');
  let all = true;
  for (const stream of streams) all = (await retryOne(session, stream)) && all;
  return all ? exitCode.done : exitCode.failed;
};

interface SkipOptions {
  readonly reason: string;
  readonly wholeStream?: boolean;
  readonly revision?: number;
}

const revisionOf = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('A revision is a whole number.');
  return Number(text);
};

/** Adds `parked list`, `show`, `retry` and `skip`. */
export const addParked = (program: Command, run: Run): void => {
  const group = program
    .command('parked')
    .description('events that could not be handled, and wait with the rest of their streams');

  const list = withLimit(group.command('list'))
    .description('what is parked, why, and which histories are incomplete because of it')
    .action(({ limit }: { limit?: number }) =>
      run(list, async (session) => {
        await showList(session, {
          list: (limit) => session.client.parked.list({ limit }),
          limit,
          none: 'Nothing is parked.',
          print: (item) => printParked(session.terminal, item),
        });
      }),
    );

  const show = group
    .command('show')
    .description('a parked event as it was stored, and what waits behind it')
    .argument('<stream>', 'its stream, as `stance parked list` names it')
    .action((stream: string) =>
      run(show, async ({ client, terminal }) => {
        const parked = await client.parked.get(stream);
        if (terminal.json) terminal.data(parked);
        else printDetail(terminal, parked);
      }),
    );

  const retry = group
    .command('retry')
    .description('handle the events of a parked stream again; 1 where any stays parked')
    .argument('[stream]', 'the stream')
    .option('--all', 'those of every parked stream')
    .action((stream: string | undefined, { all = false }: { all?: boolean }) =>
      run(retry, async (session) => {
        if ((stream === undefined) !== all) {
          throw new CliError('wrong-use', 'Name a stream, or say --all.', {
            hint: '`stance parked list` tells which streams there are.',
          });
        }
        if (stream === undefined) return retryAll(session);
        return (await retryOne(session, stream)) ? exitCode.done : exitCode.failed;
      }),
    );

  const skip = group
    .command('skip')
    .description('say for good that a parked event counts for nothing; the rest of its stream goes on')
    .argument('<stream>', 'the stream')
    .requiredOption('--reason <text>', 'why; it is recorded')
    .option('--whole-stream', 'skip all of the stream: needed for the first event of a statement')
    .option('--revision <n>', 'which event, if not whichever is parked: so the same again is a duplicate', revisionOf)
    .action((stream: string, options: SkipOptions) =>
      run(skip, async ({ client, terminal }) => {
        const { reason, wholeStream, revision = (await client.parked.get(stream)).revision } = options;
        const skipped = await client.parked.skip(stream, { revision, wholeStream, reason });
        const { outcome, position } = skipped;
        if (terminal.json) terminal.data(skipped);
        else terminal.line(`${outcome} · revision ${revision} of ${stream} skipped · position ${position}`);
      }),
    );
};
