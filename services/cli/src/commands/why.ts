import type { ExplanationQuery } from '@stance/client';
import type { ExplanationAnswer } from '@stance/contracts';
import type { Command } from 'commander';

import type { Run } from '../run.ts';
import { readQuery, rowLimit, withLimit, withStanceOptions, type ReadOptions, type Session } from '../session.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wrap } from '../terminal/text.ts';

/** The most statements that a page holds. */
const pageSize = 1000;

type WhyOptions = ReadOptions & { readonly change?: string; readonly limit?: number };

export const addWhy = (program: Command, run: Run): void => {
  const command = withLimit(
    withStanceOptions(program.command('why'), '; changes are told in hindsight, later ones too'),
  )
    .description('why: what opened, confirmed or withdrew each change, and each statement with its weight as factors')
    .argument('<holder>', 'the id of an actor')
    .argument('<proposition>', 'the id of a proposition')
    .option('--change <id>', 'only what concerns this change')
    .action((holder: string, proposition: string, { change, limit, ...options }: WhyOptions) =>
      run(command, async (session) => {
        const { terminal, client } = session;
        const query = { ...readQuery(options), change };
        const most = rowLimit(limit, terminal);
        if (terminal.json) terminal.data(await wholeExplanation(session, [holder, proposition], query, most));
        else printText(terminal, await client.histories.explainAsText(holder, proposition, { ...query, limit: most }));
      }),
    );
};

/** All pages as one, or as many statements as asked for. */
const wholeExplanation = async (
  { client }: Session,
  [holder, proposition]: readonly [holder: string, proposition: string],
  query: ExplanationQuery,
  most = Number.POSITIVE_INFINITY,
): Promise<ExplanationAnswer> => {
  const pageOf = (after: string | undefined, have: number): Promise<ExplanationAnswer> =>
    client.histories.explain(holder, proposition, { ...query, after, limit: Math.min(pageSize, most - have) });
  const first = await pageOf(undefined, 0);
  const items = [...first.statements.items];
  for (let { next } = first.statements; next !== undefined && items.length < most;) {
    const page = await pageOf(next, items.length);
    items.push(...page.statements.items);
    ({ next } = page.statements);
  }
  return { ...first, statements: { items, count: first.statements.count } };
};

const leadingBlanks = /^ */;

/** Lines of text, each broken to fit with its own indent; headings, which have none, stand out. */
const printText = (terminal: Terminal, text: string): void => {
  for (const line of text.trimEnd().split('\n')) {
    const [indent = ''] = leadingBlanks.exec(line) ?? [];
    const words = line.slice(indent.length);
    if (indent === '') terminal.line(terminal.paint('bold', words));
    else for (const part of wrap(words, terminal.width, indent)) terminal.line(part);
  }
};
