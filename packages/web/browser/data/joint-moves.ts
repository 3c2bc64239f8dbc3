import type { HolderComparisonAnswer } from '@stance/client';

type JointMoveAnswer = HolderComparisonAnswer['movedTogether'][number];
type Mover = JointMoveAnswer['holders'][number];

/** Holders who went to the same direction on one proposition, with the names. */
export interface JointMove extends JointMoveAnswer {
  readonly propositionText: string;
  readonly holders: (Mover & { readonly holderName: string })[];
}

export const jointMovesOf = ({
  movedTogether,
  holders,
  propositions,
}: Pick<HolderComparisonAnswer, 'movedTogether' | 'holders' | 'propositions'>): readonly JointMove[] => {
  const names = new Map(holders.map(({ id, name = id }) => [id, name]));
  const sentences = new Map(propositions.map(({ id, text = id }) => [id, text]));
  return movedTogether.map((move) => ({
    ...move,
    propositionText: sentences.get(move.proposition) ?? move.proposition,
    holders: move.holders.map((mover) => ({ ...mover, holderName: names.get(mover.holder) ?? mover.holder })),
  }));
};
