import type { AcrossHoldersAnswer, StanceAnswer } from '@stance/contracts';

import type { Names } from '../client/names.ts';
import { day, painted, status } from './stance-text.ts';
import type { Terminal } from './terminal.ts';
import { oneLine } from './text.ts';

/** What stands beside a stance, a text each: it never counts with it. */
export const besideStance = async (
  terminal: Terminal,
  names: Names,
  { conditional = [], implied = [], dissent = [] }: StanceAnswer,
): Promise<string[]> => {
  const side = (direction: string | null): string => painted(terminal, { direction, strength: null });
  const members: string[] = [];
  for (const { member, name, role, direction, since } of dissent) {
    const who = `${name ?? (await names.actor(member))}${role === undefined ? '' : ` (${role})`}`;
    members.push(`dissent: ${who} ${side(direction)} since ${day(since)}`);
  }
  return [
    ...conditional.map(
      ({ condition, direction, status: held }) =>
        `only if ${oneLine(condition)}: ${side(direction)} · ${status(terminal, held)}`,
    ),
    ...implied.map(({ direction, proposition, given, status: held, path, conflict }) => {
      const way = path.map(({ from, type, to }) => `${from} ${type} ${to}`).join(', ');
      const against = conflict === true ? '; conflicts with what was said' : '';
      return `implied: ${side(direction)} · ${status(terminal, held)}, for ${given} of ${proposition} (${way})${against}`;
    }),
    ...members,
  ];
};

/** Documents that tell it otherwise of somebody whom the holder heads, or who heads him. */
export const acrossHolders = (terminal: Terminal, across: readonly AcrossHoldersAnswer[]): string[] =>
  across.map(({ source, accounts }) => {
    const told = accounts.map(
      ({ holder, holderName, direction, part }) =>
        `${holderName ?? holder} ${painted(terminal, { direction, strength: null })}${part === undefined ? '' : ` in its ${part}`}`,
    );
    const where = oneLine(source.title ?? source.url ?? source.id ?? 'one document');
    return `accounts across holders, “${where}”: ${told.join('; ')}`;
  });
