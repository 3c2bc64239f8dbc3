import type { Day } from './day.ts';

/** What a statement did for the step or stance it is shown with. */
export type EvidenceRole = 'opened' | 'supports' | 'opposes' | 'reaffirms';

/** A statement that a change rests on, and what it weighs. */
export interface Evidence {
  readonly statementId: string;
  readonly weight: number;
  readonly role: EvidenceRole;
}

/** How evidence stands in a tail; the day is there to keep the order said. */
export type EvidenceRow = readonly [statementId: string, weight: number, day: Day, role: number];

const roles: readonly EvidenceRole[] = ['opened', 'supports', 'opposes', 'reaffirms'];
export const opened = 0;
export const supports = 1;
export const opposes = 2;
export const reaffirms = 3;

/** So many are kept. */
const most = 20;

const heavier = (a: EvidenceRow, b: EvidenceRow): number => b[1] - a[1] || saidBefore(a, b);
const saidBefore = (a: EvidenceRow, b: EvidenceRow): number => a[2] - b[2] || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);

/**
 * The weightiest of both lists (of equally weighty ones the earlier said, then the lower id), in the order said. That
 * it may be applied bit by bit with the same result is what lets a tail keep only these.
 */
export const weightiest = (kept: readonly EvidenceRow[], added: readonly EvidenceRow[]): readonly EvidenceRow[] => {
  const all = kept.length === 0 ? [...added] : [...kept, ...added];
  if (all.length > most) {
    all.sort(heavier);
    all.length = most;
  }
  return all.length > 1 ? all.sort(saidBefore) : all;
};

export const evidenceOf = (rows: readonly EvidenceRow[]): Evidence[] =>
  rows.map(([statementId, weight, , role]) => ({ statementId, weight, role: roles[role] ?? 'supports' }));
