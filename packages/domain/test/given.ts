import type { History, KnownStatement } from '../src/index.ts';
import { dayOf, defaultMethod, foldHistory, formatDay } from '../src/index.ts';

/** The day of a date `YYYY-MM-DD`. */
export const day = (date: string): number => dayOf(Date.parse(`${date}T00:00:00Z`));

/** A date, or two with a slash for a vague one. */
export const said = (date: string): KnownStatement['said'] => {
  const [from = date, to = from] = date.split('/');
  return { earliest: from === '..' ? null : day(from), latest: day(to), assumed: false };
};

/** The holder's own direct words, in no document: weight 1, but for what is given. */
export const statement = (
  id: string,
  direction: KnownStatement['direction'],
  date: string,
  given: Partial<KnownStatement> = {},
): KnownStatement => ({
  id,
  holder: 'h',
  speaker: 'h',
  direction,
  act: 'assert',
  strength: null,
  certainty: 1,
  confidence: 1,
  said: said(date),
  heldSince: null,
  authority: 'self',
  links: 0,
  part: null,
  directness: 'direct',
  words: null,
  utteranceId: null,
  publisher: null,
  document: null,
  copyOf: null,
  condition: null,
  pointsAt: null,
  disowns: null,
  ground: null,
  disownedBy: null,
  ...given,
});

/** As weighty as asked for, and no more than that. */
export const weighing = (
  id: string,
  direction: KnownStatement['direction'],
  date: string,
  weight: number,
  given: Partial<KnownStatement> = {},
): KnownStatement => statement(id, direction, date, { certainty: weight, ...given });

export const vote = (
  id: string,
  direction: KnownStatement['direction'],
  date: string,
  given: Partial<KnownStatement> = {},
): KnownStatement => statement(id, direction, date, { act: 'vote', part: 'record', directness: null, ...given });

export const fold = (...statements: readonly KnownStatement[]): History => foldHistory(statements, defaultMethod);

/** Kind, status, opening and closing day of each change of the direction, as a line. */
export const lines = (history: History, track: 'direction' | 'strength' = 'direction'): string[] =>
  history.changes
    .filter((change) => change.track === track)
    .map((change) => {
      const settledOn = change.confirmedAt ?? change.withdrawnAt;
      return `${change.kind} ${change.status} ${formatDay(change.at)}${settledOn === null ? '' : ` ${formatDay(settledOn)}`}`;
    });

export const roleOf = (history: History, id: string): string | undefined =>
  history.placed.find((placed) => placed.statement.id === id)?.role;
