import { actorKindSchema, type ActorWritten, type PropositionWritten } from '@stance/contracts';
import { Option, type Command } from 'commander';

import { segment } from '../client/client.ts';
import type { Run } from '../run.ts';
import type { Session } from '../session.ts';

const repeated = (value: string, before: readonly string[] | undefined): string[] => [...(before ?? []), value];

const report = ({ terminal }: Session, written: ActorWritten | PropositionWritten): void => {
  if (terminal.json) terminal.data(written);
  else terminal.line(`${written.outcome} · revision ${written.revision} · position ${written.position}`);
};

export const addActor = (program: Command, run: Run): void => {
  const group = program.command('actor').description('say who an actor is');

  const put = group
    .command('put')
    .description('register an actor, or replace the whole of what is said of it')
    .argument('<id>', 'the id of the actor')
    .requiredOption('--name <name>', 'its main name')
    .addOption(new Option('--kind <kind>', 'what it is').choices(actorKindSchema.options).makeOptionMandatory())
    .option('--alias <name>', 'a further name; may be given several times', repeated)
    .option('--description <text>', 'who that is')
    .action((id: string, options: { name: string; kind: string; alias?: string[]; description?: string }) =>
      run(put, async (session) => {
        const { name, kind, alias, description } = options;
        const aliases = alias?.map((text) => ({ name: text }));
        report(session, await session.client.put(`/v1/actors/${segment(id)}`, { name, kind, aliases, description }));
      }),
    );

  const addAlias = group
    .command('add-alias')
    .description('add a name under which an actor is also known')
    .argument('<id>', 'the id of the actor')
    .argument('<name>', 'the name')
    .option('--from <date>', 'the first day it was used')
    .option('--to <date>', 'the last day it was used')
    .action((id: string, name: string, { from, to }: { from?: string; to?: string }) =>
      run(addAlias, async (session) => {
        report(session, await session.client.post(`/v1/actors/${segment(id)}/aliases`, { name, from, to }));
      }),
    );
};

export const addProposition = (program: Command, run: Run): void => {
  const group = program.command('proposition').description('say what a proposition is');

  const put = group
    .command('put')
    .description('define a proposition, or say it anew')
    .argument('<id>', 'the id of the proposition')
    .requiredOption('--text <sentence>', 'one sentence that can be supported or opposed')
    .option('--topic <id>', 'a topic it stands under; may be given several times', repeated)
    .option('--language <tag>', 'the language of the sentence (BCP 47)')
    .action((id: string, { text, topic, language }: { text: string; topic?: string[]; language?: string }) =>
      run(put, async (session) => {
        report(session, await session.client.put(`/v1/propositions/${segment(id)}`, { text, topics: topic, language }));
      }),
    );

  const revise = group
    .command('revise')
    .description('give a proposition a new wording; topics and language stay')
    .argument('<id>', 'the id of the proposition')
    .requiredOption('--text <sentence>', 'the new wording')
    .option('--reason <text>', 'why; it is recorded')
    .action((id: string, { text, reason }: { text: string; reason?: string }) =>
      run(revise, async (session) => {
        report(session, await session.client.post(`/v1/propositions/${segment(id)}/revisions`, { text, reason }));
      }),
    );
};
