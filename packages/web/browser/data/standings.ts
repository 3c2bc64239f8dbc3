import type { HolderComparisonAnswer } from '@stance/client';

export type HolderStance = HolderComparisonAnswer['stances'][number];

/** Who stands where on one proposition. */
export interface StandingRow {
  readonly proposition: string;
  readonly propositionText: string;
  /** In the order of the holders; `null`: that one said nothing of it. */
  readonly stances: readonly (HolderStance | null)[];
}

/** One row for each proposition, in the order of the answer. */
export const standingRows = ({
  holders,
  propositions,
  stances,
}: Pick<HolderComparisonAnswer, 'holders' | 'propositions' | 'stances'>): readonly StandingRow[] => {
  const told = new Map(stances.map((stance) => [`${stance.holder} ${stance.proposition}`, stance]));
  return propositions.map(({ id, text = id }) => ({
    proposition: id,
    propositionText: text,
    stances: holders.map((holder) => told.get(`${holder.id} ${id}`) ?? null),
  }));
};
