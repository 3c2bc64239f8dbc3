import type {
  ChangeAnswer,
  DisputeAnswer,
  HistoryAnswer,
  HistoryStatementAnswer,
  SaysAndDoesAnswer,
  SegmentAnswer,
} from '@stance/contracts';
import type { Command } from 'commander';

import type { Run } from '../run.ts';
import { readQuery, withStanceOptions, type ReadOptions, type Session } from '../session.ts';
import { day, evidenceLines, painted, settled, status, step } from '../terminal/stance-text.ts';
import { acrossHolders, besideStance } from '../terminal/beside-text.ts';
import { groundText } from '../terminal/ground-text.ts';
import { oneLine, wrap } from '../terminal/text.ts';

/** The most statements that a page of a history holds. */
const pageSize = 1000;

export const addHistory = (program: Command, run: Run): void => {
  const command = withStanceOptions(
    program.command('history'),
    '; segments and changes are told in hindsight, later ones too',
  )
    .description(
      'how a stance came about: its segments, its changes, and the statements by day, those of one day by id',
    )
    .argument('<holder>', 'the id of an actor')
    .argument('<proposition>', 'the id of a proposition')
    .action((holder: string, proposition: string, options: ReadOptions) =>
      run(command, async (session) => {
        const { terminal, client } = session;
        const query = { ...readQuery(options), limit: pageSize };
        const first = await client.histories.get(holder, proposition, query);
        const statements = [...first.statements.items];
        const { next } = first.statements;
        if (next !== undefined)
          for await (const statement of client.histories.statements(holder, proposition, { ...query, after: next }))
            statements.push(statement);
        if (terminal.json) terminal.data({ ...first, statements: { items: statements } });
        else await printHistory(session, first, statements, options.at !== undefined);
      }),
    );
};

const printHistory = async (
  session: Session,
  history: HistoryAnswer,
  statements: readonly HistoryStatementAnswer[],
  isPast: boolean,
): Promise<void> => {
  const { terminal, names } = session;
  const heading = (text: string): void => {
    terminal.line();
    terminal.line(terminal.paint('bold', text));
  };
  terminal.line(terminal.paint('bold', history.holderName ?? (await names.actor(history.holder))));
  const text = history.propositionText ?? (await names.proposition(history.proposition));
  for (const line of wrap(oneLine(text), terminal.width, '  ')) terminal.line(line);
  if (statements.length === 0) {
    terminal.line();
    terminal.line('  No statement counts here by then: none was recorded, or those that were are retracted,');
    terminal.line('  replaced, or said later.');
    for (const line of await besideLines(session, history)) terminal.line(line);
    return;
  }
  if (isPast) {
    const said = `statements as said by ${history.at.edtf}; segments and changes in hindsight, later ones too`;
    for (const line of wrap(said, terminal.width, '  ')) terminal.line(line);
  }

  heading('Stance');
  for (const part of history.segments) terminal.line(`  ${segmentText(session, part)}`);
  if (history.segments.length === 0) terminal.line('  none: no statement gives a direction');
  if (history.stance?.claimedSince !== undefined)
    terminal.line(`  claimed to be held since ${day(history.stance.claimedSince)}`);
  for (const moment of history.contested)
    for (const line of wrap(contestedText(moment), terminal.width, '  ')) terminal.line(line);
  if (history.saysAndDoes !== undefined)
    for (const line of sidesText(session, history.saysAndDoes)) terminal.line(`  ${line}`);
  for (const line of await besideLines(session, history)) terminal.line(line);
  if (history.incomplete === true) terminal.line('  incomplete: events of this history are parked');

  if (history.changes.length > 0) heading('Changes');
  for (const change of history.changes)
    terminal.line(
      `  ${day(change.at)}  ${step(terminal, change)} · ${status(terminal, settled(change))}${kindOf(change)}${underOf(change)}${takenBackOf(change)}`,
    );

  heading('Statements');
  for (const statement of statements) for (const line of await statementLines(session, statement)) terminal.line(line);
};

/** What stands beside the stance: under conditions, implied, dissenting, and told otherwise of others. */
const besideLines = async ({ terminal, names }: Session, history: HistoryAnswer): Promise<string[]> => {
  const beside = history.stance === null ? [] : await besideStance(terminal, names, history.stance);
  const across = acrossHolders(terminal, history.acrossHolders ?? []);
  return [...beside, ...across].flatMap((text) => wrap(text, terminal.width, '  '));
};

/** Said where the step doesn't say it by itself. */
const kindOf = ({ kind }: ChangeAnswer): string => (kind === 'first' ? '' : ` · ${kind}`);

const underOf = ({ condition }: ChangeAnswer): string =>
  condition === undefined ? '' : ` · only if: ${oneLine(condition)}`;

const takenBackOf = ({ disownedBy }: ChangeAnswer): string =>
  disownedBy === undefined ? '' : ` · taken back by ${disownedBy}`;

const segmentText = ({ terminal }: Session, part: SegmentAnswer): string =>
  `${day(part.from)} to ${part.to === null ? 'now' : day(part.to)}  ${painted(terminal, part)} · ${status(terminal, part.status)}` +
  (part.contested ? ' · contested' : '');

const betweenWhom: Readonly<Record<DisputeAnswer['kind'], string>> = {
  'headline-against-text': 'a headline against its text',
  outlets: 'one outlet against another',
  'same-document': 'one document against itself',
  accounts: 'two accounts of one utterance',
};

const contestedText = ({ at, kind, prevailing, resolved }: DisputeAnswer): string => {
  const prevails = prevailing === null ? 'none prevails' : `${prevailing} prevails`;
  const since = resolved === null ? 'open since' : `settled ${day(resolved.at)}: ${resolved.direction}`;
  return `contested on ${day(at)}: ${betweenWhom[kind]}; ${prevails}; ${since}`;
};

const sidesText = ({ terminal }: Session, { says, does, parts }: SaysAndDoesAnswer): string[] => [
  `by words: ${painted(terminal, says)} · ${status(terminal, says.status)}; by votes: ${painted(terminal, does)} · ${status(terminal, does.status)}`,
  ...parts.map(
    (part) =>
      `they part ${day(part.from)} to ${part.to === null ? 'now' : day(part.to)}: says ${part.says}, does ${part.does}`,
  ),
];

const statementLines = async (session: Session, statement: HistoryStatementAnswer): Promise<string[]> => {
  const { terminal, names } = session;
  const through: string[] = [];
  for (const link of statement.reportedBy ?? []) through.push(`through ${await names.reporter(link)}`);
  const marks = [
    statement.act === 'assert' ? undefined : statement.act,
    statement.role,
    statement.reaffirmation && statement.role !== 'reaffirms' ? 'reaffirmation' : undefined,
    statement.contested ? 'contested' : undefined,
    statement.ground === undefined ? undefined : groundText(statement.ground),
    statement.disownedBy === undefined ? undefined : `taken back by ${statement.disownedBy}`,
    statement.state === 'active' ? undefined : statement.state,
    statement.saidAtAssumed === true ? 'date assumed from the publication' : undefined,
    statement.condition === undefined ? undefined : `only if: ${oneLine(statement.condition)}`,
    ...through,
  ].filter((mark) => mark !== undefined);
  const told = statement.ground?.direction ?? statement.direction ?? null;
  const direction = painted(terminal, { direction: told, strength: null });
  const head = `  ${day(statement.saidAt)}  ${[direction, ...marks].join(' · ')}`;
  const evidence = await evidenceLines(
    terminal,
    names,
    {
      statementId: statement.id,
      weight: statement.weight,
      speaker: statement.speaker,
      authority: statement.authority,
      ...(statement.quote === undefined ? {} : { quote: statement.quote }),
      ...(statement.source?.part === undefined ? {} : { part: statement.source.part }),
      ...(statement.source?.publisher === undefined ? {} : { publisher: statement.source.publisher }),
    },
    '    ',
  );
  return [head, ...evidence];
};
