import { ClientError, type ChangeEvent } from '@stance/client';
import type { Command } from 'commander';

import type { Run } from '../run.ts';
import type { Session } from '../session.ts';
import { day, settled, status, step } from '../terminal/stance-text.ts';
import { cut, oneLine } from '../terminal/text.ts';
import { changesFilter, withChangesFilter, type ChangesFilterOptions } from './changes.ts';

interface WatchOptions extends ChangesFilterOptions {
  readonly after?: string;
}

export const addWatch = (program: Command, run: Run): void => {
  const command = withChangesFilter(program.command('watch'))
    .description(
      'changes as they come about, one a line, until Ctrl-C; through restarts of the service nothing is missed',
    )
    .option('--after <id>', 'go on after the event with this id (--json shows them); 0: from the beginning')
    .action((options: WatchOptions) => run(command, (session) => watch(session, options)));
};

const watch = async (session: Session, options: WatchOptions): Promise<void> => {
  const { terminal, client } = session;
  let isLost = false;
  const note = (text: string): void => {
    if (!terminal.json) terminal.note(text);
  };
  const onReconnect = ({ message }: ClientError): void => {
    if (!isLost) note(`${message}: it is tried again.`);
    isLost = true;
  };
  // Asked to stop, it just ends.
  for await (const event of client.changes.follow(
    { ...changesFilter(options), after: options.after },
    { onReconnect },
  )) {
    if (isLost) note('Connected again.');
    isLost = false;
    const { type, id, ...data } = event;
    if (terminal.json) terminal.data({ id, event: type, ...data });
    else if (type === 'reset') note('What was shown before may be gone: all that there is follows.');
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
    if (error instanceof ClientError && error.retryable) return id;
    throw error;
  });

const printEvent = async ({ terminal, names }: Session, event: ChangeEvent): Promise<void> => {
  const verb = verbs[event.type];
  if (verb === undefined || !('change' in event)) return;
  const { change } = event;
  const { holder, proposition } = change;
  const name = cut(await named(names.actor(holder), holder), 30);
  const about = oneLine(await named(names.proposition(proposition), proposition));
  const after = !('replacedBy' in event) ? '' : ' · goes on as another change';
  terminal.line(
    `${verb}  ${day(change.at)}  ${terminal.paint('bold', name)}  ${step(terminal, change)} · ` +
      `${status(terminal, settled(change))}${after} · ${about}`,
  );
};
