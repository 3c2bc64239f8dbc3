import type { MethodComparisonQuery } from '@stance/client';
import type { ChangeByMethodAnswer, StanceByMethodAnswer, MethodComparisonAnswer } from '@stance/contracts';
import type { Command } from 'commander';

import type { Run } from '../run.ts';
import { readQuery, withLimit, withReadOptions, type ReadOptions, type Session } from '../session.ts';
import { day, painted, quoted, settled, side, status, weight } from '../terminal/stance-text.ts';
import { counted, cut, oneLine, wrap } from '../terminal/text.ts';
import { showList } from './show-list.ts';

interface CompareOptions extends ReadOptions {
  readonly holder?: string;
  readonly proposition?: string;
  readonly limit?: number;
}

export const addCompareMethods = (program: Command, run: Run): void => {
  const command = withLimit(withReadOptions(program.command('compare-methods')))
    .description('which histories come to something else by another method, and why')
    .argument('<a>', 'the name of a method')
    .argument('<b>', 'the name of another one')
    .option('--holder <id>', 'of this actor only')
    .option('--proposition <id>', 'about this proposition only')
    .option('--at <date>', 'the stances as said by then: a date (EDTF), whose end counts, or an instant')
    .action((a: string, b: string, options: CompareOptions) =>
      run(command, async (session) => {
        const { holder, proposition, limit } = options;
        const { at, knownAt, minPosition } = readQuery(options);
        await listDifferences(session, { a, b, holder, proposition, at, knownAt, minPosition, limit });
      }),
    );
};

/** Lists the histories that come to something else by another method. */
export const listDifferences = async (session: Session, query: MethodComparisonQuery): Promise<void> => {
  const { a, b, limit } = query;
  await showList<MethodComparisonAnswer>(session, {
    list: (most) => session.client.methods.compare({ ...query, limit: most }),
    limit,
    none: `No history differs between ${a} and ${b}.`,
    print: async (found, row) => {
      if (row > 0) session.terminal.line();
      await printComparison(session, found, [a, b]);
    },
  });
};

type Sides = readonly [a: string, b: string];

const printComparison = async (
  { terminal, names }: Session,
  found: MethodComparisonAnswer,
  sides: Sides,
): Promise<void> => {
  const width = Math.max(...sides.map((name) => name.length)) + 2;
  const [a, b] = sides.map((name) => name.padEnd(width)) as [string, string];
  const holder = found.holderName ?? (await names.actor(found.holder));
  terminal.line(terminal.paint('bold', oneLine(holder)));
  const text = found.propositionText ?? (await names.proposition(found.proposition));
  for (const line of wrap(oneLine(text), terminal.width, '  ')) terminal.line(line);

  const stanceText = (stance: StanceByMethodAnswer | null): string => {
    if (stance === null) return 'nothing was said by then';
    const since = stance.since === null ? '' : ` · since ${day(stance.since)}`;
    return `${painted(terminal, stance)} · ${status(terminal, stance.status)}${since}`;
  };
  terminal.line(`  ${a}${stanceText(found.a)}`);
  terminal.line(`  ${b}${stanceText(found.b)}`);

  const changeText = (change: ChangeByMethodAnswer | null): string =>
    change === null
      ? terminal.paint('dim', 'no such change')
      : `${day(change.at)}  ${change.from === null ? 'first' : side(change.from)} → ${painted(terminal, change.to)} · ` +
        status(terminal, settled(change));
  if (found.changes.length > 0) terminal.line('  changes');
  for (const change of found.changes) {
    terminal.line(`    ${a}${changeText(change.a)}`);
    terminal.line(`    ${b}${changeText(change.b)}`);
  }
  noteMore(terminal, found.differentChanges - found.changes.length, 'change');

  terminal.line('  because');
  for (const { name, a: one, b: other } of found.numbers)
    terminal.line(`    ${name} is ${weight(one)} or ${weight(other)}`);
  for (const { statementId, direction, saidAt, a: one, b: other, quote } of found.statements) {
    const did = one.role === other.role ? one.role : `${one.role} or ${other.role}`;
    const said = [direction ?? 'no direction', day(saidAt), `weight ${weight(one.weight)} or ${weight(other.weight)}`];
    terminal.line(`    ${cut([...said, did, statementId].join(' · '), terminal.width - 4)}`);
    if (quote === undefined) continue;
    terminal.line(terminal.paint('dim', `      ${cut(quoted(quote), terminal.width - 6)}`));
  }
  noteMore(terminal, found.differentStatements - found.statements.length, 'statement');
};

const noteMore = (terminal: Session['terminal'], more: number, noun: string): void => {
  if (more > 0) terminal.line(`    and ${counted(more, noun)} more`);
};
