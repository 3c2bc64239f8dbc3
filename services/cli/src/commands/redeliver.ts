import { readConfig } from '@stance/config';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';

import { CliError } from '../cli-error.ts';
import type { Run } from '../run.ts';
import type { Session } from '../session.ts';
import { wholeNumber } from '../session.ts';
import { startSteps } from '../terminal/progress.ts';
import { counted } from '../terminal/text.ts';

// What speaks to the broker takes a while to load, and no other command needs it.
const onKafka = () => import('@stance/distribution/kafka');

/** The broker that STANCE_ variables name. @throws CliError where they name none. */
const brokerOf = (config: ReturnType<typeof readConfig>): string => {
  if (config.broker !== null) return config.broker.url;
  throw new CliError('wrong-use', 'There is no broker to tell anything again by.', {
    hint: 'STANCE_BROKER_URL names it, as for the relay.',
  });
};

const replayId = (text: string): string => {
  if (/^[a-z0-9][a-z0-9._-]{0,62}$/.test(text)) return text;
  throw new InvalidArgumentError('An id has up to 63 small letters, digits, dots, hyphens and underscores.');
};

const instant = (text: string): number => {
  const at = Date.parse(text);
  if (Number.isNaN(at) || !/^\d{4}-\d{2}-\d{2}/.test(text)) {
    throw new InvalidArgumentError('It must be a day or an instant, such as 2026-11-01T00:00:00Z.');
  }
  return at;
};

interface EventsOptions {
  readonly after?: number;
  readonly upTo?: number;
  readonly type?: string[];
  readonly holder?: string;
  readonly proposition?: string;
  readonly dryRun?: boolean;
}

const redeliverEvents = async (session: Session, id: string, options: EventsOptions): Promise<void> => {
  const { terminal, signal } = session;
  const config = readConfig(process.env, 'command');
  const { openEventLog } = await import('@stance/stores');
  const { tellAgain } = await import('@stance/distribution');
  const broker = brokerOf(config);
  await using closing = new AsyncDisposableStack();
  const source = await openEventLog(config.eventStore);
  closing.defer(() => source.close());
  const { after = 0, type = null, holder = null, proposition = null, dryRun = false } = options;
  const replays = (await onKafka()).openKafkaReplays({ url: broker });
  // The same command goes on with what it began: up to where that was to be.
  const upTo = options.upTo ?? (dryRun ? null : await replays.target(id)) ?? (await source.head());
  const of = { after, upTo, types: type, holder, proposition };
  const steps = startSteps();
  closing.defer(async () => steps.stop());
  const replay = dryRun ? null : await replays.open(id, of);
  if (replay !== null) closing.defer(() => replay.writer.close());
  const told = await tellAgain({
    source,
    of,
    replay,
    signal,
    onProgress: (position, count) => steps.update(`position ${position} of ${upTo} · ${counted(count, 'event')}`),
  });
  steps.stop();
  if (terminal.json) terminal.data({ id, topic: replay?.topic ?? null, ...told });
  else if (replay === null)
    terminal.line(`${counted(told.count, 'event')} would be told again, up to position ${told.position}.`);
  else terminal.line(`${replay.topic}: ${counted(told.count, 'event')}, up to position ${told.position}`);
};

interface GroupOptions {
  readonly topic: 'events' | 'changes' | 'current';
  readonly fromBeginning?: boolean;
  readonly since?: number;
  readonly dryRun?: boolean;
}

const moveGroup = async ({ terminal }: Session, group: string, options: GroupOptions): Promise<void> => {
  const { topic, fromBeginning = false, since, dryRun = false } = options;
  if (fromBeginning === (since !== undefined)) {
    throw new CliError('wrong-use', 'Say from where: either --from-beginning or --since.');
  }
  const url = brokerOf(readConfig(process.env, 'command'));
  const moved = await (await onKafka()).moveKafkaGroup({ url, group, topic, since: since ?? 0, dryRun });
  for (const each of moved) {
    if (terminal.json) terminal.data(each);
    else
      terminal.line(
        `partition ${each.partition}: ${each.before ?? 'none'} → ${each.after}${dryRun ? ' (not done)' : ''}`,
      );
  }
};

/** Adds `redeliver events`, `group`, `list` and `remove`. */
export const addRedeliver = (program: Command, run: Run): void => {
  const group = program
    .command('redeliver')
    .description('tell history again to one consumer, by Kafka; never into the live topics');

  const events = group
    .command('events')
    .description(
      'write events of the store to a topic of their own, stance.replay.<id>, each marked; the same command goes on where it was cut off',
    )
    .argument('<id>', 'of the replay', replayId)
    .option('--after <position>', 'only those after this position of the log', wholeNumber(0))
    .option('--up-to <position>', 'only those up to this one (default: all there are)', wholeNumber(0))
    .option('--type <types...>', 'only events of these types')
    .option('--holder <id>', 'only what this actor holds')
    .option('--proposition <id>', 'only what is about this proposition')
    .option('--dry-run', 'only tell how many there would be')
    .action((id: string, options: EventsOptions) => run(events, (session) => redeliverEvents(session, id, options)));

  const move = group
    .command('group')
    .description('have a consumer group that has no members read a live topic again from an earlier place on')
    .argument('<group>', 'its id')
    .addOption(
      new Option('--topic <topic>', 'of which topic').choices(['events', 'changes', 'current']).makeOptionMandatory(),
    )
    .option('--from-beginning', 'all that the topic has')
    .option('--since <instant>', 'what was sent from then on', instant)
    .option('--dry-run', 'only tell where it stands and would stand')
    .action((id: string, options: GroupOptions) => run(move, (session) => moveGroup(session, id, options)));

  const list = group
    .command('list')
    .description('the replays whose topics are there')
    .action(() =>
      run(list, async ({ terminal }) => {
        const replays = (await onKafka()).openKafkaReplays({ url: brokerOf(readConfig(process.env, 'command')) });
        for (const id of await replays.list()) {
          if (terminal.json) terminal.data({ id });
          else terminal.line(id);
        }
      }),
    );

  const remove = group
    .command('remove')
    .description('delete the topic of a replay')
    .argument('<id>', 'of the replay', replayId)
    .action((id: string) =>
      run(remove, async ({ terminal }) => {
        await (await onKafka()).openKafkaReplays({ url: brokerOf(readConfig(process.env, 'command')) }).remove(id);
        if (terminal.json) terminal.data({ id });
        else terminal.line(`${id}: removed`);
      }),
    );
};
