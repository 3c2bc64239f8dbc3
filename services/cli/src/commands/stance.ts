import type { StanceAnswer } from '@stance/contracts';
import type { Command } from 'commander';

import type { Run } from '../run.ts';
import { readQuery, withLimit, withStanceOptions, type ReadOptions, type Session } from '../session.ts';
import { besideStance } from '../terminal/beside-text.ts';
import { day, evidenceLines, painted, settled, status, step } from '../terminal/stance-text.ts';
import { counted, cut, fit, wrap } from '../terminal/text.ts';
import { showList } from './show-list.ts';

export const addStance = (program: Command, run: Run): void => {
  const command = withLimit(withStanceOptions(program.command('stance')))
    .description('where a holder stands, on one proposition or on all')
    .argument('<holder>', 'the id of an actor')
    .argument('[proposition]', 'the id of a proposition')
    .action((holder: string, proposition: string | undefined, options: ReadOptions & { limit?: number }) =>
      run(command, async (session) => {
        await showList<StanceAnswer>(session, {
          list: (limit) => session.client.stances.list({ holder, proposition, ...readQuery(options), limit }),
          limit: options.limit,
          none: 'No statement says where anybody stands here: none was recorded, or it is retracted, replaced, or said later.',
          print: (stance, row) =>
            proposition === undefined ? printRow(session, stance, row === 0) : printStance(session, stance),
        });
      }),
    );
};

const printRow = async ({ terminal, names }: Session, stance: StanceAnswer, first: boolean): Promise<void> => {
  if (first) terminal.line(terminal.paint('bold', stance.holderName ?? (await names.actor(stance.holder))));
  const text = stance.propositionText ?? (await names.proposition(stance.proposition));
  const since = stance.since === null ? '' : day(stance.since);
  const left = terminal.width - 40;
  terminal.line(
    `  ${painted(terminal, { direction: stance.direction, strength: null })}${' '.repeat(Math.max(1, 9 - (stance.direction ?? 'nothing').length))}` +
      `${status(terminal, fit(stance.status, 13))}${fit(since, 14)}${cut(text, left)}`,
  );
};

const printStance = async ({ terminal, names }: Session, stance: StanceAnswer): Promise<void> => {
  terminal.line(terminal.paint('bold', stance.holderName ?? (await names.actor(stance.holder))));
  for (const line of wrap(
    stance.propositionText ?? (await names.proposition(stance.proposition)),
    terminal.width,
    '  ',
  ))
    terminal.line(line);
  const since = [
    stance.since === null ? undefined : `since ${day(stance.since)}`,
    stance.claimedSince === undefined ? undefined : `claimed since ${day(stance.claimedSince)}`,
  ].filter((part) => part !== undefined);
  terminal.line();
  terminal.line(`  ${painted(terminal, stance)} · ${[status(terminal, stance.status), ...since].join(' · ')}`);
  if (stance.statements === 0) terminal.line('  nothing was said');
  else
    terminal.line(
      `  ${counted(stance.statements, 'statement')}, ${counted(stance.reaffirmations, 'reaffirmation')}, last ${day(stance.lastSaidAt)}`,
    );
  if (stance.provisional !== undefined)
    terminal.line(
      `  under way: ${step(terminal, stance.provisional)} · ${day(stance.provisional.at)} · ${settled(stance.provisional)}`,
    );
  if (stance.contested !== undefined) {
    const prevailing = stance.contested.prevailing ?? 'none';
    terminal.line(
      `  contested on ${day(stance.contested.at)}: accounts of one utterance disagree; what prevails: ${prevailing}`,
    );
  }
  for (const text of await besideStance(terminal, names, stance))
    for (const line of wrap(text, terminal.width, '  ')) terminal.line(line);
  if (stance.incomplete === true) terminal.line('  incomplete: events of this history are parked');
  for (const evidence of stance.evidence) {
    terminal.line();
    for (const line of await evidenceLines(terminal, names, evidence, '  ')) terminal.line(line);
  }
};
