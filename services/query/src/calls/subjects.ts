import { ProblemError } from '@stance/contracts';
import type { Snapshot } from '@stance/read-model';

import { survivorsAt } from '../survivors-at.ts';

const unknownActor = (id: string): ProblemError =>
  new ProblemError('unknown-actor', { detail: `There is no actor "${id}" at this position.` });

const unknownProposition = (id: string): ProblemError =>
  new ProblemError('unknown-proposition', { detail: `There is no proposition "${id}" at this position.` });

/** Whether the holder or proposition has a history by then, without a version of its own: its stream is parked. */
const hasHistory = async (
  snapshot: Snapshot,
  subject: { readonly holder: number | null; readonly proposition: number | null },
  knownAt: number,
): Promise<boolean> => (await snapshot.histories({ ...subject, knownAt, after: null, limit: 1 })).length > 0;

/** The number of an actor known at the position, or of the one that it answers as. @throws ProblemError `unknown-actor`. */
export const knownActor = async (snapshot: Snapshot, id: string, knownAt: number): Promise<number> => {
  const no = await snapshot.actorNo(id);
  if (no === null) throw unknownActor(id);
  const survivor = (await survivorsAt(snapshot, knownAt)).of(no);
  if (survivor !== no || (await snapshot.actorNames([no], knownAt)).size > 0) return survivor;
  if (await hasHistory(snapshot, { holder: no, proposition: null }, knownAt)) return no;
  throw unknownActor(id);
};

/** The number of a proposition known at the position. @throws ProblemError `unknown-proposition`. */
export const knownProposition = async (snapshot: Snapshot, id: string, knownAt: number): Promise<number> => {
  const no = await snapshot.propositionNo(id);
  if (no === null) throw unknownProposition(id);
  if ((await snapshot.propositionTexts([no], knownAt)).size > 0) return no;
  if (await hasHistory(snapshot, { holder: null, proposition: no }, knownAt)) return no;
  throw unknownProposition(id);
};

export interface SubjectNumbers {
  readonly holder: number | null;
  readonly proposition: number | null;
}

/** The numbers of the holder and the proposition that a list is filtered by; `null` where it is not. */
export const subjectNumbers = async (
  snapshot: Snapshot,
  { holder, proposition }: { readonly holder?: string | undefined; readonly proposition?: string | undefined },
  knownAt: number,
): Promise<SubjectNumbers> => ({
  holder: holder === undefined ? null : await knownActor(snapshot, holder, knownAt),
  proposition: proposition === undefined ? null : await knownProposition(snapshot, proposition, knownAt),
});
