import type { Client } from '@stance/client';
import type { ListedActor, PropositionAnswer, TopicAnswer } from '@stance/contracts';
import type { Command } from 'commander';

import { CliError } from '../cli-error.ts';
import type { Run } from '../run.ts';
import { withLimit, withReadOptions, type ReadOptions } from '../session.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { cut, fit, oneLine } from '../terminal/text.ts';
import { showList } from './show-list.ts';

type ListOptions = ReadOptions & { readonly q?: string; readonly topic?: string; readonly limit?: number };
type ListQuery = { readonly [Name in keyof ListOptions]: ListOptions[Name] | undefined };

export const addRegistryLists = (program: Command, run: Run): void => {
  addList<ListedActor>(program, run, {
    name: 'actors',
    list: (client, { q, at, knownAt, minPosition, limit }) =>
      client.actors.list({ q, at, knownAt, minPosition, limit }),
    description: 'who is known, found by any of their names',
    option: ['--at <date>', 'only names in use on that day (EDTF), and who held an office then'],
    texts: ({ name, kind, aliases, heldBy = [], mergedInto }) => [
      oneLine(name),
      [
        ...(mergedInto === undefined ? [] : [`answers as ${mergedInto}`]),
        kind ?? 'unknown kind',
        ...new Map(heldBy.map(({ actor, name: held }) => [actor, `held by ${oneLine(held ?? actor)}`])).values(),
        ...aliases.map((alias) => `also ${oneLine(alias.name)}`),
      ].join(' · '),
    ],
  });
  addList<PropositionAnswer>(program, run, {
    name: 'propositions',
    list: (client, { q, topic, knownAt, minPosition, limit }) =>
      client.propositions.list({ q, topic, knownAt, minPosition, limit }),
    description: 'what stances are about, found by their words',
    option: ['--topic <id>', 'only those under this topic, or one below it'],
    texts: ({ text, topics = [] }) => [oneLine(text), topics.join(', ')],
  });
  addList<TopicAnswer>(program, run, {
    name: 'topics',
    list: (client, { q, knownAt, minPosition, limit }) => client.topics.list({ q, knownAt, minPosition, limit }),
    description: 'subject areas, found by any of their names',
    option: null,
    texts: ({ name, aliases, path, propositions, undescribed }) => [
      oneLine([...path, { name }].map((topic) => topic.name).join(' › ')),
      [
        `${propositions.total} ${propositions.total === 1 ? 'proposition' : 'propositions'}`,
        ...(undescribed === true ? ['not described: `stance topic put` says what it is'] : []),
        ...aliases.map((alias) => `also ${oneLine(alias)}`),
      ].join(' · '),
    ],
  });
};

interface Listed<Item> {
  readonly name: string;
  readonly list: (client: Client, query: ListQuery) => AsyncIterable<Item>;
  readonly description: string;
  /** What the list can be narrowed by, besides words. */
  readonly option: readonly [flags: string, description: string] | null;
  /** What people are shown of an item besides its id: a line, and what stands under it. */
  readonly texts: (item: Item) => readonly [string, string];
}

const addList = <Item extends { readonly id: string }>(
  program: Command,
  run: Run,
  { name, list, description, option, texts }: Listed<Item>,
): void => {
  const command = withLimit(withReadOptions(program.command(name)))
    .description(description)
    .argument('[words...]', 'the same as --q')
    .option('-q, --q <words>', 'words, or the beginnings of words; all must match');
  if (option !== null) command.option(...option);
  command.action((words: string[], options: ListOptions) =>
    run(command, async (session) => {
      if (words.length > 0 && options.q !== undefined)
        throw new CliError('wrong-use', 'Give the words as arguments or with --q, not both.');
      const q = words.length > 0 ? words.join(' ') : options.q;
      await showList<Item>(session, {
        list: (limit) => list(session.client, { ...options, q, limit }),
        limit: options.limit,
        none: 'None matches.',
        print: (item) => printRow(session.terminal, item.id, texts(item)),
      });
    }),
  );
};

const printRow = (terminal: Terminal, id: string, [text, more]: readonly [string, string]): void => {
  // A long id pushes the text to a line of its own rather than being cut: it is what one types next.
  const indent = ' '.repeat(30);
  if (id.length > 28) terminal.line(terminal.paint('cyan', id));
  const start = id.length > 28 ? indent : `${terminal.paint('cyan', fit(id, 28))}  `;
  terminal.line(start + cut(text, terminal.width - 30));
  if (more !== '') terminal.line(terminal.paint('dim', indent + cut(more, terminal.width - 30)));
};
