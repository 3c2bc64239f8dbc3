import type { ListedActor, PropositionAnswer, TopicAnswer } from '@stance/contracts';
import type { Command } from 'commander';

import { listItems } from '../client/list.ts';
import type { Run } from '../run.ts';
import {
  noteLimit,
  readQuery,
  rowLimit,
  withLimit,
  withReadOptions,
  type ReadOptions,
  type Session,
} from '../session.ts';
import { cut, fit, oneLine } from '../terminal/text.ts';

type ListOptions = ReadOptions & { readonly q?: string; readonly topic?: string; readonly limit?: number };

export const addRegistryLists = (program: Command, run: Run): void => {
  addList<ListedActor>(program, run, {
    name: 'actors',
    description: 'who is known, found by any of their names',
    option: ['--at <date>', 'only names in use on that day (EDTF), and who held an office then'],
    texts: ({ name, kind, aliases, heldBy = [], mergedInto }) => [
      oneLine(name),
      [
        ...(mergedInto === undefined ? [] : [`answers as ${mergedInto}`]),
        kind ?? 'unknown kind',
        ...heldBy.map((holder) => `held by ${oneLine(holder.name ?? holder.actor)}`),
        ...aliases.map((alias) => `also ${oneLine(alias.name)}`),
      ].join(' · '),
    ],
  });
  addList<PropositionAnswer>(program, run, {
    name: 'propositions',
    description: 'what stances are about, found by their words',
    option: ['--topic <id>', 'only those under this topic, or one below it'],
    texts: ({ text, topics = [] }) => [oneLine(text), topics.join(', ')],
  });
  addList<TopicAnswer>(program, run, {
    name: 'topics',
    description: 'subject areas, found by any of their names',
    option: null,
    texts: ({ name, aliases, path, propositions }) => [
      oneLine([...path, { name }].map((topic) => topic.name).join(' › ')),
      [
        `${propositions.total} ${propositions.total === 1 ? 'proposition' : 'propositions'}`,
        ...aliases.map((alias) => `also ${oneLine(alias)}`),
      ].join(' · '),
    ],
  });
};

interface Listed<Item> {
  readonly name: string;
  readonly description: string;
  /** What the list can be narrowed by, besides words. */
  readonly option: readonly [flags: string, description: string] | null;
  /** What people are shown of an item besides its id: a line, and what stands under it. */
  readonly texts: (item: Item) => readonly [string, string];
}

const addList = <Item extends { readonly id: string }>(
  program: Command,
  run: Run,
  { name, description, option, texts }: Listed<Item>,
): void => {
  const command = withLimit(withReadOptions(program.command(name)))
    .description(description)
    .option('-q, --q <words>', 'words, or the beginnings of words; all must match');
  if (option !== null) command.option(...option);
  command.action((options: ListOptions) =>
    run(command, async ({ terminal, client }: Session) => {
      const limit = rowLimit(options.limit, terminal);
      const query = { q: options.q, topic: options.topic, ...readQuery(options) };
      let rows = 0;
      for await (const item of listItems<Item>(client, `/v1/${name}`, query, limit)) {
        rows++;
        if (terminal.json) {
          terminal.data(item);
        } else {
          const [text, more] = texts(item);
          // A long id pushes the text to a line of its own rather than being cut: it is what one types next.
          const indent = ' '.repeat(30);
          if (item.id.length > 28) terminal.line(terminal.paint('cyan', item.id));
          const start = item.id.length > 28 ? indent : `${terminal.paint('cyan', fit(item.id, 28))}  `;
          terminal.line(start + cut(text, terminal.width - 30));
          if (more !== '') terminal.line(terminal.paint('dim', indent + cut(more, terminal.width - 30)));
        }
        await terminal.drained();
        if (terminal.closed) return;
      }
      if (rows === 0 && !terminal.json) terminal.line('None matches.');
      noteLimit(terminal, rows, limit);
    }),
  );
};
