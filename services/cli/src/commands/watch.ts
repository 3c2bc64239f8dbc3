import type { ChangeEventData, ChangeRemovedData } from '@stance/contracts';
import type { Command } from 'commander';

import { CliError } from '../cli-error.ts';
import { follow, type StreamedEvent } from '../client/follow.ts';
import { ProblemAnswer } from '../client/problem-answer.ts';
import type { Run } from '../run.ts';
import type { Session } from '../session.ts';
import { day, settled, status, step } from '../terminal/stance-text.ts';
import { cut, oneLine } from '../terminal/text.ts';
import { withChangesFilter, type ChangesFilterOptions } from './changes.ts';

interface WatchOptions extends ChangesFilterOptions {
  readonly after?: string;
}

export const addWatch = (program: Command, run: Run): void => {
  const command = withChangesFilter(program.command('watch'))
    .description(
      'changes as they come about, one a line, until Ctrl-C; through restarts of the service nothing is missed',
    )
    .option('--after <id>', 'go on after the event with this id (--json shows them); 0: from the beginning')
    .action((options: WatchOptions) =>
      run(command, async (session) => {
        try {
          await watch(session, options);
        } catch (error) {
          // Asked to stop: that is how it ends.
          if (!(error instanceof CliError) || error.code !== 'interrupted') throw error;
        }
      }),
    );
};

const watch = async (session: Session, options: WatchOptions): Promise<void> => {
  const { terminal, client, signal } = session;
  const { holder, proposition, kind, status: state, from, to, after } = options;
  const note = (text: string): void => {
    if (!terminal.json) terminal.note(text);
  };
  const events = follow(client, {
    path: '/v1/changes/stream',
    query: { holder, proposition, kind, status: state, from, to, after },
    signal,
    onLost: (error) => note(`${error.message}: it is tried again.`),
    onFound: () => note('Connected again.'),
  });
  for await (const event of events) {
    if (terminal.json) terminal.data({ id: event.id, event: event.event, ...(event.data as object) });
    else if (event.event === 'reset') note('What was shown before may be gone: all that there is follows.');
    else await printEvent(session, event);
    await terminal.drained();
    if (terminal.closed) return;
  }
};

const verbs: Readonly<Record<string, string>> = {
  StanceChangeDetected: 'detected',
  StanceChangeRevised: 'revised ',
  StanceChangeRemoved: 'removed ',
};

/** The names of a moment in which the service is away are its ids. */
const named = (name: Promise<string>, id: string): Promise<string> =>
  name.catch((error: unknown) => {
    if ((error instanceof CliError || error instanceof ProblemAnswer) && error.retryable) return id;
    throw error;
  });

const printEvent = async ({ terminal, names }: Session, { event, data }: StreamedEvent): Promise<void> => {
  const verb = verbs[event];
  if (verb === undefined) return;
  const { change, replacedBy } = data as ChangeEventData & Partial<ChangeRemovedData>;
  const { holder, proposition } = change;
  const name = cut(await named(names.actor(holder), holder), 30);
  const about = oneLine(await named(names.proposition(proposition), proposition));
  const after = replacedBy === undefined ? '' : ' · goes on as another change';
  terminal.line(
    `${verb}  ${day(change.at)}  ${terminal.paint('bold', name)}  ${step(terminal, change)} · ` +
      `${status(terminal, settled(change))}${after} · ${about}`,
  );
};
