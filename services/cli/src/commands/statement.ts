import type { CorrectionInput } from '@stance/client';
import type { DisowningAnswer, StatementDetail, StatementWritten } from '@stance/contracts';
import type { Command } from 'commander';

import { CliError } from '../cli-error.ts';
import type { Run } from '../run.ts';
import { readQuery, wholeNumber, withReadOptions, type ReadOptions, type Session } from '../session.ts';
import { day, painted, quoted } from '../terminal/stance-text.ts';
import { oneLine, wrap } from '../terminal/text.ts';
import { correctedFields } from './corrected-fields.ts';

export const addStatement = (program: Command, run: Run): void => {
  const command = withReadOptions(program.command('statement'))
    .description('one statement: who said what when, where it was read, and what became of its record')
    .argument('<id>', 'the id of a statement')
    .action((id: string, options: ReadOptions) =>
      run(command, async (session) => {
        const { knownAt, minPosition } = readQuery(options);
        const statement = await session.client.statements.get(id, { knownAt, minPosition });
        if (session.terminal.json) session.terminal.data(statement);
        else await printStatement(session, statement);
      }),
    );

  const withChange = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .argument('<id>', 'the id of a statement')
      .requiredOption('--reason <text>', 'why; it is recorded')
      .option('--if-revision <number>', 'only if the statement is at this revision', wholeNumber(0));
  type ChangeOptions = { readonly reason: string; readonly ifRevision?: number };
  const report = ({ terminal }: Session, written: StatementWritten): void => {
    if (terminal.json) terminal.data(written);
    else terminal.line(`${written.outcome} · revision ${written.revision} · position ${written.position}`);
  };

  const correct = withChange('correct', 'correct the record of a statement; never for a change of mind')
    .requiredOption('--patch <json>', 'the fields that change, as JSON; null removes one (JSON Merge Patch)')
    .action((id: string, options: ChangeOptions & { patch: string }) =>
      run(correct, async (session) => {
        const { patch, reason, ifRevision } = options;
        const correction: CorrectionInput = { ...objectOf(patch), reason };
        report(session, await session.client.statements.correct(id, correction, { ifRevision }));
      }),
    );

  const retract = withChange('retract', 'take a statement out of the record').action(
    (id: string, options: ChangeOptions) =>
      run(retract, async (session) => {
        const { reason, ifRevision } = options;
        report(session, await session.client.statements.retract(id, { reason }, { ifRevision }));
      }),
  );
};

const objectOf = (text: string): object => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CliError('wrong-use', `--patch is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, {
      hint: `For example: --patch '{"direction":"oppose"}'`,
      cause,
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CliError('wrong-use', '--patch must be a JSON object', {
      hint: `For example: --patch '{"direction":"oppose"}'`,
    });
  return value;
};

const whyInVain: Readonly<Record<NonNullable<DisowningAnswer['reason']>, string>> = {
  'nothing-known': 'nothing: no such statement of the holder is known, or none any more',
  'of-another-holder': 'nothing: it is another holder’s',
  'is-a-disowning': 'nothing: a disowning cannot be taken back',
  'under-condition': 'nothing yet: it depends on a condition',
};

const takenBack = (disowning: DisowningAnswer | undefined): string | undefined =>
  disowning?.reason === undefined
    ? disowning?.statements?.join(', ').concat(disowning.more === true ? ', and more' : '')
    : whyInVain[disowning.reason];

const printStatement = async ({ terminal, names }: Session, statement: StatementDetail): Promise<void> => {
  const row = (label: string, text: string | undefined): void => {
    if (text === undefined || text === '') return;
    const [first = '', ...rest] = wrap(oneLine(text), terminal.width - 14);
    terminal.line(`${terminal.paint('dim', label.padEnd(14))}${first}`);
    for (const line of rest) terminal.line(' '.repeat(14) + line);
  };
  const { source, quote } = statement;
  terminal.line(terminal.paint('bold', statement.id));
  row('holder', await names.actor(statement.holder));
  row('proposition', await names.proposition(statement.proposition));
  terminal.line(
    `${terminal.paint('dim', 'direction'.padEnd(14))}${painted(terminal, { direction: statement.direction ?? null, strength: null })} · ${statement.act}`,
  );
  row('words', quote === undefined ? undefined : `${quoted(quote)} (${quote.directness})`);
  row('said', `${day(statement.saidAt)}${statement.saidAtAssumed === true ? ' (assumed from the publication)' : ''}`);
  row('held since', statement.heldSince === undefined ? undefined : `${day(statement.heldSince)}, as claimed`);
  row('speaker', `${await names.actor(statement.speaker)} (${statement.authority})`);
  for (const link of statement.reportedBy ?? []) {
    const name = await names.reporter(link);
    row('through', link.verb === undefined ? name : `${name}, who ${link.verb}`);
  }
  row('condition', statement.condition);
  if (source !== undefined) {
    const published = source.publishedAt === undefined ? undefined : day(source.publishedAt);
    row(
      'source',
      [source.title, source.publisher, source.part, published, source.url, source.id].filter(Boolean).join(' · '),
    );
  }
  row('takes back', takenBack(statement.disowning));
  row('replaces', statement.replaces);
  row('replaced by', statement.replacedBy?.join(', '));
  row('state', `${statement.state}, revision ${statement.revision}`);
  for (const [index, version] of statement.versions.entries()) {
    const before = statement.versions[index - 1];
    const ended = version.ended === undefined ? '' : `, ${version.ended.by} at position ${version.ended.position}`;
    row(`revision ${version.revision}`, `recorded ${version.recordedAt} at position ${version.position}${ended}`);
    if (before !== undefined) row('  changed', correctedFields(before, version).join('; '));
    row('  because', version.reason);
  }
  const { retraction } = statement;
  if (retraction === undefined) return;
  row('retracted', `recorded ${retraction.recordedAt} at position ${retraction.position}`);
  row('  because', retraction.reason);
};
