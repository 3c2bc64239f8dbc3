import type { ContestedItem, DisputeAnswer } from '@stance/contracts';
import type { Dispute, Resolution } from '@stance/domain';

import { dayAnswer } from '../dates.ts';
import { accountAnswer, contestedAnswer, shownAccounts, weightiest } from './evidence-answer.ts';
import type { Materials } from './materials.ts';

/** The statements whose words a dispute shows. */
export const statementsOfDispute = ({ moment, resolution }: Dispute): string[] =>
  [...shownAccounts(moment), ...weightiest(resolution?.statements ?? [])].map(({ statementId }) => statementId);

const resolutionAnswer = (
  { day, direction, effect, statements }: Resolution,
  materials: Materials,
): NonNullable<DisputeAnswer['resolved']> => ({
  at: dayAnswer(day),
  direction,
  effect,
  by: weightiest(statements).flatMap(({ statementId, direction: said, weight }) => {
    const statement = materials.statement(statementId);
    if (statement === undefined) return [];
    return [{ ...(said === null ? {} : { direction: said }), ...accountAnswer(statement, weight) }];
  }),
});

export const disputeAnswer = ({ moment, kind, resolution }: Dispute, materials: Materials): DisputeAnswer => ({
  ...contestedAnswer(moment, materials),
  kind,
  resolved: resolution === null ? null : resolutionAnswer(resolution, materials),
});

export const contestedItem = (history: number, dispute: Dispute, materials: Materials): ContestedItem => ({
  ...materials.subject(history),
  ...disputeAnswer(dispute, materials),
  ...(materials.incomplete(history) ? { incomplete: true as const } : {}),
});
