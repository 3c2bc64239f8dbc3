import { setTimeout as delay } from 'node:timers/promises';

import type { DifferingHistoryAnswer, VersionAnswer } from '@stance/contracts';
import type { Command } from 'commander';

import { CliError } from '../cli-error.ts';
import type { Run } from '../run.ts';
import type { Session } from '../session.ts';
import { wholeNumber } from '../session.ts';
import { startSteps } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { oneLine, wrap } from '../terminal/text.ts';

/** How often it is looked how far a version is, in milliseconds. */
const look = 200;

const whole = (number: number): string => Math.round(number).toLocaleString('en');

const progressText = ({ version, state, progress }: VersionAnswer): string => {
  const name = `version ${version}: ${state}`;
  if (progress === undefined) return name;
  const { position, target, perSecond, secondsLeft } = progress;
  const pace = perSecond === null ? '' : ` · ${whole(perSecond)} events/s`;
  const left = secondsLeft === null || state !== 'building' ? '' : ` · ${whole(Math.ceil(secondsLeft))} s left`;
  return `${name} · position ${whole(position)} of ${whole(target)}${pace}${left}`;
};

export const printVersion = (terminal: Terminal, version: VersionAnswer): void => {
  terminal.line(`${progressText(version)} · made ${version.createdAt}`);
  const { halted } = version;
  if (halted === undefined) return;
  for (const line of wrap(`halted: ${oneLine(halted.message)} (${halted.code})`, terminal.width - 2)) {
    terminal.line(`  ${line}`);
  }
};

/** Waits until a version can serve, and shows how far it is. @throws CliError where nobody goes on with it. */
export const whenReady = async ({ client, signal }: Session, version: number): Promise<VersionAnswer> => {
  const steps = startSteps();
  try {
    for (;;) {
      const { items } = await client.versions.list({ signal });
      const found = items.find((each) => each.version === version);
      if (found === undefined) throw new CliError('version-not-made', `Version ${version} was dropped meanwhile`);
      if (found.halted !== undefined) {
        throw new CliError(
          'version-not-made',
          `Version ${version} has halted: ${found.halted.message} (${found.halted.code})`,
          {
            hint: `\`stance versions resume ${version}\` goes on with it, \`stance versions drop ${version}\` gives it up.`,
          },
        );
      }
      if (found.state === 'ready' || found.state === 'active') return found;
      steps.update(progressText(found));
      await delay(look, undefined, { signal });
    }
  } finally {
    steps.stop();
  }
};

/** Has a version serve; a retired one is brought up to the log before. */
export const switchTo = async (session: Session, version: number): Promise<VersionAnswer> => {
  for (;;) {
    const answer = await session.client.versions.switch(version, { signal: session.signal });
    if (answer.state === 'active') return answer;
    await whenReady(session, version);
  }
};

const changeText = ({ kind, status, change }: DifferingHistoryAnswer['before'][number]): string => {
  const at = typeof change === 'object' && change !== null && 'at' in change ? JSON.stringify(change.at) : '';
  return `${kind} (${status})${at === '' ? '' : ` ${at}`}`;
};

export const printHistories = (terminal: Terminal, histories: readonly DifferingHistoryAnswer[]): void => {
  for (const { holder, proposition, before, after } of histories) {
    terminal.line(`${terminal.paint('bold', oneLine(holder))} ${oneLine(proposition)}`);
    for (const change of before) terminal.line(`  - ${oneLine(changeText(change))}`);
    for (const change of after) terminal.line(`  + ${oneLine(changeText(change))}`);
  }
};

const versionNumber = wholeNumber(1);

/** Adds `versions list`, `resume`, `cancel`, `switch` and `drop`. */
export const addVersions = (program: Command, run: Run): void => {
  const group = program
    .command('versions')
    .description('the versions of the read model: which serves, which is being made (`stance replay` makes one)');

  const list = group
    .command('list')
    .description('all of them, and how far the one is that is being made')
    .action(() =>
      run(list, async ({ client, terminal }) => {
        const { items } = await client.versions.list();
        for (const version of items) {
          if (terminal.json) terminal.data(version);
          else printVersion(terminal, version);
        }
      }),
    );

  const commands = [
    ['resume', 'go on with one that was cancelled or has halted'],
    ['cancel', 'leave one that is being made where it is: it can be resumed'],
    ['switch', 'have another one serve; a retired one is first brought up to the log'],
    ['drop', 'remove one that does not serve'],
  ] as const;
  for (const [name, description] of commands) {
    const command = group
      .command(name)
      .description(description)
      .argument('<version>', 'its number', versionNumber)
      .action((version: number) =>
        run(command, async (session) => {
          const { client, terminal } = session;
          const answer = name === 'switch' ? await switchTo(session, version) : await client.versions[name](version);
          if (terminal.json) terminal.data(answer);
          else if (name === 'drop') terminal.line(`version ${version}: dropped`);
          else printVersion(terminal, answer);
        }),
      );
  }
};
