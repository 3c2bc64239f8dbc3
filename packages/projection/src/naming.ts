import type { Batch } from './batch.ts';
import type { ProjectionState } from './state.ts';

/**
 * The number of an actor, given with a row of its own where this is the first event to name it. Events that will be
 * parked or ignored name, too: so numbers follow from the log alone.
 */
export const nameActor = (state: ProjectionState, batch: Batch, id: string): number => {
  const known = state.actors.get(id);
  if (known !== undefined) return known.no;
  const no = (state.lastActor += 1);
  batch.rows.insert('actors', [no, id]);
  state.actors.set(id, { no, version: null, names: [] });
  return no;
};

/** The same for a proposition. */
export const nameProposition = (state: ProjectionState, batch: Batch, id: string): number => {
  const known = state.propositions.get(id);
  if (known !== undefined) return known.no;
  const no = (state.lastProposition += 1);
  batch.rows.insert('propositions', [no, id]);
  state.propositions.set(id, { no, version: null, topics: null });
  return no;
};
