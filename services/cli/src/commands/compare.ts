import type { HolderComparisonAnswer } from '@stance/contracts';
import type { Command } from 'commander';

import { CliError } from '../cli-error.ts';
import type { Run } from '../run.ts';
import { readQuery, withStanceOptions, type ReadOptions, type Session } from '../session.ts';
import { day, painted, step, status } from '../terminal/stance-text.ts';
import { cut, fit, oneLine, wrap } from '../terminal/text.ts';

interface CompareOptions extends ReadOptions {
  readonly topic?: string;
  readonly holders?: string;
  readonly from?: string;
  readonly to?: string;
}

export const addCompare = (program: Command, run: Run): void => {
  const command = withStanceOptions(program.command('compare'))
    .description('who stands where, who moved, who moved with whom, and who agrees with whom')
    .argument('[proposition]', 'the id of a proposition')
    .option('--topic <id>', 'in place of a proposition: all that are under this topic, or one below it')
    .option('--holders <ids>', 'of these actors only, separated by commas; with a topic they have to be named')
    .option('--from <date>', 'the first day of the period looked at')
    .option('--to <date>', 'its last day, inclusive; another name for --at')
    .action((proposition: string | undefined, options: CompareOptions) =>
      run(command, async (session) => {
        const { topic, holders, from, to } = options;
        if ((proposition === undefined) === (topic === undefined))
          throw new CliError('wrong-use', 'Name a proposition, or a topic with --topic.');
        const query = { proposition, topic, holders: holders?.split(','), from, to, ...readQuery(options) };
        const comparison = await session.client.stances.compare(query);
        if (session.terminal.json) session.terminal.data(comparison);
        else printComparison(session, comparison);
      }),
    );
};

/** So much of a name is shown. */
const widestName = 27;

const printComparison = ({ terminal }: Session, comparison: HolderComparisonAnswer): void => {
  const names = new Map(comparison.holders.map(({ id, name }) => [id, oneLine(name ?? id)]));
  const nameWidth = Math.min(widestName, Math.max(0, ...Array.from(names.values(), (name) => name.length)));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const texts = new Map(comparison.propositions.map(({ id, text }) => [id, oneLine(text ?? id)]));
  const heading = (text: string): void => {
    terminal.line();
    terminal.line(terminal.paint('bold', text));
  };
  /** Said of each move where there are several propositions. */
  const about = (proposition: string, indent: number): void => {
    if (texts.size > 1)
      terminal.line(' '.repeat(indent) + cut(texts.get(proposition) ?? proposition, terminal.width - indent));
  };

  if (comparison.stances.length === 0) {
    terminal.line(
      'No statement says where anybody stands here: none was recorded, or it is retracted, replaced, or said later.',
    );
    return;
  }
  for (const [index, { id }] of comparison.propositions.entries()) {
    if (index > 0) terminal.line();
    for (const line of wrap(texts.get(id) ?? id, terminal.width)) terminal.line(terminal.paint('bold', line));
    for (const { holder, before, now, incomplete } of comparison.stances.filter(
      ({ proposition }) => proposition === id,
    ))
      terminal.line(
        `  ${fit(nameOf(holder), nameWidth)}  ${standingText(terminal, now)}` +
          (before === undefined ? '' : ` · before: ${before?.direction ?? 'nothing'}`) +
          (incomplete === true ? ' · incomplete' : ''),
      );
  }

  if (comparison.first.length > 0) heading('First stances');
  for (const { at, holder, proposition, to } of comparison.first) {
    terminal.line(`  ${day(at)}  ${fit(nameOf(holder), nameWidth)}  ${painted(terminal, to)}`);
    about(proposition, 14);
  }
  heading('Moved');
  if (comparison.moved.length === 0) terminal.line('  nobody');
  for (const move of comparison.moved) {
    terminal.line(`  ${day(move.at)}  ${fit(nameOf(move.holder), nameWidth)}  ${step(terminal, move)}`);
    about(move.proposition, 14);
  }
  if (comparison.movedTogether.length > 0) heading('Moved together');
  for (const { proposition, to, holders } of comparison.movedTogether) {
    const who = holders.map(({ holder, days }) => `${nameOf(holder)} ${days.map(day).join(', ')}`).join(' · ');
    for (const line of wrap(`to ${to}: ${who}`, terminal.width, '  ')) terminal.line(line);
    about(proposition, 4);
  }

  const pairs = (comparison.agreement ?? []).filter(({ both }) => both > 0);
  if (pairs.length === 0) return;
  heading(`${fit('Agreement', 2 * nameWidth + 7)}both  agree  oppose  other`);
  for (const { a, b, both, agree, oppose, other } of pairs)
    terminal.line(
      `  ${fit(nameOf(a), nameWidth)}  ${fit(nameOf(b), nameWidth)}` +
        [both, agree, oppose, other].map((count, at) => String(count).padStart([7, 7, 8, 7][at] ?? 7)).join(''),
    );
};

const standingText = (terminal: Session['terminal'], now: HolderComparisonAnswer['stances'][number]['now']): string => {
  if (now === null) return 'nothing';
  const since = now.since === null ? '' : ` · since ${day(now.since)}`;
  return `${painted(terminal, now)} · ${status(terminal, now.status)}${since}`;
};
