import { propositionOf } from '@stance/read-model';
import type { Snapshot, StatementRow } from '@stance/read-model';

/** The version of its proposition that a statement was made about; `undefined` where there was none yet. */
export type PropositionVersions = (row: StatementRow) => number | undefined;

/**
 * Looks up for statements which version of their proposition was the known one when each was first recorded: whatever
 * is recorded later does not change it.
 */
export const readPropositionVersions = async (
  snapshot: Snapshot,
  rows: readonly StatementRow[],
): Promise<PropositionVersions> => {
  const corrected = rows.filter(({ revision }) => revision > 0).map(({ id }) => id);
  const firsts = corrected.length === 0 ? new Map<string, number>() : await snapshot.firstPositions(corrected);
  const propositions = [...new Set(rows.map(({ history }) => propositionOf(history)))];
  const wordings = Map.groupBy(await snapshot.wordings(propositions), ({ proposition }) => proposition);
  return ({ id, position, history }) => {
    const first = firsts.get(id) ?? position;
    const wording = wordings.get(propositionOf(history))?.findLast((each) => each.position <= first);
    return wording === undefined ? undefined : wording.revision + 1;
  };
};
