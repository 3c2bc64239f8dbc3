import type { ActorKind, ActorWritten, PropositionWritten, RelationType, TopicWritten } from '@stance/contracts';
import { actorKinds, relationTypes } from '@stance/contracts/choices';
import { Argument, Option, type Command } from 'commander';

import type { Run } from '../run.ts';
import type { Session } from '../session.ts';
import { replacedText } from '../terminal/replaced-text.ts';

const repeated = (value: string, before: readonly string[] | undefined): string[] => [...(before ?? []), value];

type RegistryWritten = ActorWritten | PropositionWritten | TopicWritten;

/** `said`: what is said from now on, where it may have taken the place of something. */
const report = ({ terminal }: Session, written: RegistryWritten, said: object = {}): void => {
  if (terminal.json) {
    terminal.data(written);
    return;
  }
  terminal.line(`${written.outcome} · revision ${written.revision} · position ${written.position}`);
  const replaced = written.replaced === undefined ? '' : replacedText(written.replaced, said);
  if (replaced !== '') terminal.line(`replaced: ${replaced}`);
};

export const addActor = (program: Command, run: Run): void => {
  const group = program.command('actor').description('say who an actor is');

  const put = group
    .command('put')
    .description('register an actor, or replace the whole of what is said of it')
    .argument('<id>', 'the id of the actor')
    .requiredOption('--name <name>', 'its main name')
    .addOption(new Option('--kind <kind>', 'what it is').choices(actorKinds).makeOptionMandatory())
    .option('--alias <name>', 'a further name; may be given several times', repeated)
    .option('--description <text>', 'who that is')
    .action((id: string, options: { name: string; kind: ActorKind; alias?: string[]; description?: string }) =>
      run(put, async (session) => {
        const { name, kind, alias, description } = options;
        const aliases = alias?.map((text) => ({ name: text }));
        const body = { name, kind, aliases, description };
        report(session, await session.client.actors.put(id, body), body);
      }),
    );

  const addAlias = group
    .command('add-alias')
    .description('add a name under which an actor is also known')
    .argument('<id>', 'the id of the actor')
    .argument('<name>', 'the name')
    .option('--from <date>', 'the first day it was used')
    .option('--to <date>', 'the last day it was used')
    .option('--evidence <text>', 'where the name is attested')
    .action((id: string, name: string, options: { from?: string; to?: string; evidence?: string }) =>
      run(addAlias, async (session) => {
        report(session, await session.client.actors.addAlias(id, { name, ...options }));
      }),
    );

  const membership = group
    .command('membership')
    .description('say that an actor belongs to a group, or holds an office')
    .argument('<id>', 'the id of the actor')
    .argument('<group>', 'the id of the group or office')
    .option('--role <name>', 'as what')
    .option('--from <date>', 'the first day')
    .option('--to <date>', 'the last day; may be filled in later, with the same role and first day')
    .option('--on-behalf-of <id>', 'the actor that it stands for there')
    .action((id: string, into: string, options: { role?: string; from?: string; to?: string; onBehalfOf?: string }) =>
      run(membership, async (session) => {
        const body = { group: into, ...options };
        report(session, await session.client.actors.addMembership(id, body));
      }),
    );

  const merge = group
    .command('merge')
    .description('say that an actor is the same as another one, and answers as it')
    .argument('<id>', 'the id of the actor')
    .argument('<into>', 'the id of the other one')
    .option('--reason <text>', 'why; it is recorded')
    .action((id: string, into: string, { reason }: { reason?: string }) =>
      run(merge, async (session) => {
        report(session, await session.client.actors.merge(id, { into, reason }));
      }),
    );

  const unmerge = group
    .command('unmerge')
    .description('say that a merged actor is one of its own after all')
    .argument('<id>', 'the id of the actor')
    .option('--reason <text>', 'why; it is recorded')
    .action((id: string, { reason }: { reason?: string }) =>
      run(unmerge, async (session) => {
        report(session, await session.client.actors.unmerge(id, { reason }));
      }),
    );
};

export const addProposition = (program: Command, run: Run): void => {
  const group = program.command('proposition').description('say what a proposition is');

  const put = group
    .command('put')
    .description('define a proposition, or replace the whole of what is said of it')
    .argument('<id>', 'the id of the proposition')
    .requiredOption('--text <sentence>', 'one sentence that can be supported or opposed')
    .option('--topic <id>', 'a topic it stands under; may be given several times', repeated)
    .option('--language <tag>', 'the language of the sentence (BCP 47)')
    .action((id: string, { text, topic, language }: { text: string; topic?: string[]; language?: string }) =>
      run(put, async (session) => {
        const body = { text, topics: topic, language };
        report(session, await session.client.propositions.put(id, body), body);
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
        const written = await session.client.propositions.revise(id, { text, reason });
        report(session, written, { ...written.replaced, text });
      }),
    );

  const relate = group
    .command('relate')
    .description('say how a proposition is related to another one')
    .argument('<id>', 'the id of the proposition')
    .addArgument(new Argument('<type>', 'how').choices(relationTypes))
    .argument('<to>', 'the id of the other one')
    .action((id: string, type: RelationType, to: string) =>
      run(relate, async (session) => {
        report(session, await session.client.propositions.relate(id, { type, to }));
      }),
    );
};

export const addTopic = (program: Command, run: Run): void => {
  const group = program.command('topic').description('say what a topic is');

  const put = group
    .command('put')
    .description('define a topic, or replace the whole of what is said of it')
    .argument('<id>', 'the id of the topic')
    .requiredOption('--name <name>', 'its main name')
    .option('--alias <name>', 'a further name; may be given several times', repeated)
    .option('--parent <id>', 'the topic that it is a part of')
    .action((id: string, { name, alias, parent }: { name: string; alias?: string[]; parent?: string }) =>
      run(put, async (session) => {
        const body = { name, aliases: alias, parent };
        report(session, await session.client.topics.put(id, body), body);
      }),
    );
};
