import type { Rows } from '../rows.ts';
import { historyKey } from '../tables.ts';

/** Rows with what a test does not care about filled in. */
export const actorRow = (no: number, id = `a${String(no)}`): Rows['actors'] => ({ no, id });
export const propositionRow = (no: number, id = `p${String(no)}`): Rows['propositions'] => ({ no, id });

export const actorVersion = (row: Partial<Rows['actor_versions']> & { position: number }): Rows['actor_versions'] => ({
  actor: 1,
  revision: 0,
  known_to: null,
  name: 'Ann',
  kind: null,
  body: '{"aliases":[],"added":[]}',
  ...row,
});

export const actorName = (row: Partial<Rows['actor_names']> & { position: number }): Rows['actor_names'] => ({
  at: 0,
  actor: 1,
  known_to: null,
  name: 'Ann',
  valid_from: null,
  valid_to: null,
  evidence: null,
  ...row,
});

export const wording = (
  row: Partial<Rows['proposition_versions']> & { position: number },
): Rows['proposition_versions'] => ({
  proposition: 1,
  revision: 0,
  known_to: null,
  text: 'Taxes should rise',
  body: '{"topics":[]}',
  ...row,
});

export const version = (row: Partial<Rows['statements']> & { position: number }): Rows['statements'] => ({
  id: `s${String(row.position)}`,
  revision: 0,
  history: historyKey(1, 1),
  recorded_at: row.position,
  known_to: null,
  ended_by: null,
  said_from: 10,
  said_to: 10,
  reason: null,
  body: '{}',
  ...row,
});

export const historyRow = (holder: number, proposition: number, first: number, last: number): Rows['histories'] => ({
  no: first,
  history: historyKey(holder, proposition),
  proposition,
  first_position: first,
  last_position: last,
  failure: null,
  tail: '',
});

export type GivenChange = Omit<Rows['changes'], 'no'>;

export const change = (row: Partial<GivenChange>): GivenChange => ({
  history: historyKey(1, 1),
  track: 0,
  opened: 1,
  day: 10,
  kind: 'reversal',
  status: 'confirmed',
  body: '{}',
  ...row,
});
