import type { Names } from '../../data/actor-names.ts';
import type { HistoryShown } from '../../data/history.ts';

/** Who is named by a history: those whose names come with it, and all of whom it gives the ids. */
export const namedIn = ({
  history,
  explanation,
  statements,
}: HistoryShown): { readonly ids: readonly string[]; readonly given: Names } => {
  const given = new Map<string, string>();
  const ids = new Set<string>();
  if (history.holderName !== undefined) given.set(history.holder, history.holderName);
  for (const { speaker, speakerName, reportedBy = [], endorses, ground } of statements) {
    ids.add(speaker);
    if (speakerName !== undefined) given.set(speaker, speakerName);
    for (const { actor } of reportedBy) if (actor !== undefined) ids.add(actor);
    if (endorses !== undefined) ids.add(endorses.holder);
    for (const { holder } of ground?.path ?? []) ids.add(holder);
  }
  for (const { accounts } of history.acrossHolders ?? [])
    for (const { holder, holderName, speaker } of accounts) {
      ids.add(holder).add(speaker);
      if (holderName !== undefined) given.set(holder, holderName);
    }
  for (const { accounts } of explanation.contested) for (const { speaker } of accounts) ids.add(speaker);
  return { ids: [...ids], given };
};
