import type { KnownStatement } from '../src/index.ts';
import { dayOf } from '../src/index.ts';

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

export const vote = (id: string, direction: KnownStatement['direction'], date: string, given: Partial<KnownStatement> = {}): KnownStatement =>
  statement(id, direction, date, { act: 'vote', part: 'record', directness: null, ...given });
