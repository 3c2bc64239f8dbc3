import type { ExplainedStatementAnswer, HistoryStatementAnswer } from '@stance/client';

import type { Direction } from './bands.ts';

export type Statement = ExplainedStatementAnswer;

/** Where a statement stands: what it says itself, or what the stance comes to that it endorses or rejects. */
export const sideOf = ({
  direction,
  ground,
}: Pick<HistoryStatementAnswer, 'direction' | 'ground'>): Direction | 'unclear' =>
  ground?.direction ?? direction ?? 'unclear';

/** Whether it speaks for the stance without a condition: what is taken back or weighs nothing does not. */
export const counts = ({
  role,
  weight,
  condition,
}: Pick<HistoryStatementAnswer, 'role' | 'weight' | 'condition'>): boolean =>
  role !== 'disowned' && role !== 'weighs-nothing' && weight > 0 && condition === undefined;
