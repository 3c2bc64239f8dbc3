import type { ChangeAnswer, DateAnswer, EvidenceAnswer } from '@stance/contracts';

import type { Names } from '../client/names.ts';
import { groundText } from './ground-text.ts';
import type { Style, Terminal } from './terminal.ts';
import { oneLine, wrap } from './text.ts';

export const directionStyle: Readonly<Record<string, Style>> = {
  support: 'green',
  oppose: 'red',
  neutral: 'yellow',
  mixed: 'magenta',
};

export const statusStyle: Readonly<Record<string, Style>> = {
  confirmed: 'bold',
  provisional: 'italic',
  insufficient: 'dim',
  withdrawn: 'dim',
};

export const day = (date: DateAnswer | null | undefined): string => date?.edtf ?? 'undated';

/** A direction, with its band of strength where it has one: `oppose (strong)`. */
export const side = (to: { direction: string | null; strength: string | null }): string =>
  `${to.direction ?? 'nothing'}${to.strength === null ? '' : ` (${to.strength})`}`;

export const painted = (terminal: Terminal, to: { direction: string | null; strength: string | null }): string =>
  terminal.paint(directionStyle[to.direction ?? ''] ?? 'dim', side(to));

/** `oppose → support`, or `first: support`. */
export const step = (terminal: Terminal, change: Pick<ChangeAnswer, 'from' | 'to'>): string =>
  change.from === null
    ? `first: ${painted(terminal, change.to)}`
    : `${painted(terminal, change.from)} → ${painted(terminal, change.to)}`;

export const status = (terminal: Terminal, text: string): string => terminal.paint(statusStyle[text] ?? 'dim', text);

/** When a change was settled, where that was not on its own day. */
export const settled = (change: Pick<ChangeAnswer, 'at' | 'confirmedAt' | 'withdrawnAt' | 'status'>): string => {
  if (change.withdrawnAt !== undefined) return `withdrawn ${day(change.withdrawnAt)}`;
  if (change.confirmedAt !== undefined && change.confirmedAt.edtf !== change.at.edtf)
    return `confirmed ${day(change.confirmedAt)}`;
  return change.status;
};

/** Quoted words; only direct ones are somebody's own, and stand in quotation marks. */
export const quoted = ({ exact, directness }: NonNullable<EvidenceAnswer['quote']>): string =>
  directness === 'direct' ? `“${oneLine(exact)}”` : oneLine(exact);

/** What is told of a statement beside other things. */
export type Account = Omit<EvidenceAnswer, 'role' | 'direction' | 'saidAt'> & Partial<Pick<EvidenceAnswer, 'saidAt'>>;

/** What was said: the quoted words, then who said it, how, where and with what weight. */
export const evidenceLines = async (
  terminal: Terminal,
  names: Names,
  evidence: Account,
  indent: string,
): Promise<string[]> => {
  const quote = evidence.quote;
  const said = quote === undefined ? [] : wrap(quoted(quote), terminal.width, indent);
  const about = [
    await names.actor(evidence.speaker),
    evidence.authority === 'self' ? undefined : evidence.authority,
    quote?.directness,
    evidence.part,
    evidence.publisher === undefined ? undefined : oneLine(evidence.publisher),
    evidence.saidAt === undefined ? undefined : day(evidence.saidAt),
    `weight ${weight(evidence.weight)}`,
    evidence.statementId,
  ].filter((part) => part !== undefined);
  const below = said.length === 0 ? indent : `${indent}  `;
  const ground = evidence.ground === undefined ? [] : wrap(groundText(evidence.ground), terminal.width, below);
  const told = [...wrap(about.join(' · '), terminal.width, below), ...ground];
  return [...said, ...told.map((line) => terminal.paint('dim', line))];
};

export const weight = (value: number): string => String(Math.round(value * 1000) / 1000);
