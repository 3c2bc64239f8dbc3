import type { DeadLetter, WebhookAnswer } from '@stance/contracts';
import type { Command } from 'commander';

import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Run } from '../run.ts';
import { wholeNumber } from '../session.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, oneLine, wrap } from '../terminal/text.ts';
import { changesFilter, withChangesFilter, type ChangesFilterOptions } from './changes.ts';

const printWrapped = (terminal: Terminal, text: string): void => {
  for (const line of wrap(text, terminal.width - 2)) terminal.line(`  ${line}`);
};

const filterText = (filter: WebhookAnswer['filter']): string =>
  Object.entries(filter)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(',') : value}`)
    .join(' · ');

const stateText = ({ state, reason, behind, pending, dead }: WebhookAnswer): string =>
  [
    reason === undefined ? state : `${state} (${reason})`,
    ...(behind === null || behind === 0 ? [] : [`${counted(behind, 'entry').replace(/entrys$/, 'entries')} behind`]),
    ...(pending === 0 ? [] : [`${counted(pending, 'message')} waiting`]),
    ...(dead === 0 ? [] : [counted(dead, 'dead letter')]),
  ].join(' · ');

const printWebhook = ({ terminal }: Session, webhook: WebhookAnswer): void => {
  const { id, url, description, filter, position, lastFailure } = webhook;
  terminal.line(`${terminal.paint('cyan', id)}  ${stateText(webhook)} · position ${String(position)} of the feed`);
  printWrapped(terminal, oneLine(url));
  if (description !== undefined) printWrapped(terminal, oneLine(description));
  if (Object.keys(filter).length > 0) printWrapped(terminal, filterText(filter));
  if (lastFailure !== undefined)
    printWrapped(terminal, `last failure ${lastFailure.at}: ${oneLine(lastFailure.message)}`);
};

const show = (session: Session, answer: WebhookAnswer & { readonly secret?: string | undefined }): void => {
  const { terminal } = session;
  if (terminal.json) {
    terminal.data(answer);
    return;
  }
  printWebhook(session, answer);
  if (answer.secret !== undefined) printWrapped(terminal, `secret, told this once: ${answer.secret}`);
};

const printDeadLetter = ({ terminal }: Session, letter: DeadLetter): void => {
  const { id, type, change, attempts, failure } = letter;
  terminal.line(`${terminal.paint('cyan', id)}  ${type}${change === undefined ? '' : ` ${change}`}`);
  if (failure !== undefined) {
    printWrapped(
      terminal,
      `${counted(attempts, 'try').replace(/trys$/, 'tries')}, the last ${failure.at}: ${oneLine(failure.message)}`,
    );
  }
};

interface PutOptions extends ChangesFilterOptions {
  readonly description?: string;
  readonly paused?: boolean;
}

interface DeadOptions {
  readonly all?: boolean;
}

/** The dead letters that are meant: one that is named, or all. */
const chosen = async (
  { client }: Session,
  id: string,
  message: string | undefined,
  all: boolean,
): Promise<string[]> => {
  if ((message === undefined) !== all) {
    throw new CliError('wrong-use', 'Name a message, or say --all.', {
      hint: `\`stance webhooks dead list ${id}\` tells which there are.`,
    });
  }
  if (message !== undefined) return [message];
  return (await client.webhooks.deadLetters(id)).items.map((letter) => letter.id);
};

const addDead = (group: Command, run: Run): void => {
  const dead = group.command('dead').description('messages that were given up');
  const list = dead
    .command('list')
    .description('which, and why')
    .argument('<id>', 'the webhook')
    .action((id: string) =>
      run(list, async (session) => {
        const { terminal } = session;
        const { items, more } = await session.client.webhooks.deadLetters(id);
        for (const letter of items) {
          if (terminal.json) terminal.data(letter);
          else printDeadLetter(session, letter);
        }
        if (terminal.json) return;
        if (items.length === 0) terminal.line('There are no dead letters.');
        if (more) terminal.line('There are more.');
      }),
    );
  const commands = [
    ['retry', 'try a message again, or all of them'],
    ['discard', 'forget a message, or all of them'],
  ] as const;
  for (const [name, description] of commands) {
    const command = dead
      .command(name)
      .description(description)
      .argument('<id>', 'the webhook')
      .argument('[message]', 'the id of the message')
      .option('--all', 'all of them, at most 1,000')
      .action((id: string, message: string | undefined, { all = false }: DeadOptions) =>
        run(command, async (session) => {
          const { client, terminal } = session;
          const messages = await chosen(session, id, message, all);
          for (const each of messages) {
            const answer = await client.webhooks[name](id, each);
            if (terminal.json) terminal.data(answer);
          }
          if (!terminal.json)
            terminal.line(`${name === 'retry' ? 'tried again' : 'forgotten'}: ${counted(messages.length, 'message')}`);
        }),
      );
  }
};

/** Adds `webhooks list`, `show`, `put`, `remove`, `rotate`, `replay`, `ping` and `dead`. */
export const addWebhooks = (program: Command, run: Run): void => {
  const group = program.command('webhooks').description('who is told of changes by signed messages over HTTP');

  const list = group
    .command('list')
    .description('all of them, and how they fare')
    .action(() =>
      run(list, async (session) => {
        const { items } = await session.client.webhooks.list();
        if (items.length === 0 && !session.terminal.json) session.terminal.line('There are no webhooks.');
        for (const webhook of items) show(session, webhook);
      }),
    );

  const put = withChangesFilter(group.command('put'))
    .description('say who is to be told, in place of what was said before; a new one is told what follows')
    .argument('<id>', 'a name for it')
    .argument('<url>', 'where messages are posted to')
    .option('--description <text>', 'who that is')
    .option('--paused', 'tell it nothing for the time being')
    .action((id: string, url: string, options: PutOptions) =>
      run(put, async (session) => {
        const { description, paused } = options;
        const filter = changesFilter(options);
        show(session, await session.client.webhooks.put(id, { url, description, filter, paused }));
      }),
    );

  const simple = [
    ['show', 'get', 'one, and how it fares'],
    ['remove', 'remove', 'tell it nothing any more'],
    ['rotate', 'rotate', 'give it another secret; for a day it is signed by both'],
  ] as const;
  for (const [name, call, description] of simple) {
    const command = group
      .command(name)
      .description(description)
      .argument('<id>', 'the webhook')
      .action((id: string) =>
        run(command, async (session) => {
          const answer = await session.client.webhooks[call](id);
          if (name === 'remove' && !session.terminal.json) session.terminal.line(`${id}: removed`);
          else show(session, answer);
        }),
      );
  }

  const replay = group
    .command('replay')
    .description('tell it again what follows a position of the feed')
    .argument('<id>', 'the webhook')
    .requiredOption('--after <position>', 'the position; 0: everything', wholeNumber(0))
    .action((id: string, { after }: { after: number }) =>
      run(replay, async (session) => {
        show(session, await session.client.webhooks.replay(id, { after }));
      }),
    );

  const ping = group
    .command('ping')
    .description('send it a message that says nothing; 1 where it does not arrive')
    .argument('<id>', 'the webhook')
    .action((id: string) =>
      run(ping, async ({ client, terminal }) => {
        const answer = await client.webhooks.ping(id);
        const { delivered, status, message, milliseconds } = answer;
        if (terminal.json) terminal.data(answer);
        else if (delivered) terminal.line(`delivered: ${String(status)} after ${String(milliseconds)} ms`);
        else terminal.line(`not delivered: ${oneLine(message ?? '')}`);
        return delivered ? exitCode.done : exitCode.failed;
      }),
    );

  addDead(group, run);
};
