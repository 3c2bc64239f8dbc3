import type { ConditionalStanceAnswer } from '@stance/contracts';
import { stanceAt } from '@stance/domain';
import type { History, StanceView } from '@stance/domain';

import { dayAnswer } from '../dates.ts';
import { evidenceAnswer } from './evidence-answer.ts';
import type { Grounds } from './evidence-answer.ts';
import type { Materials } from './materials.ts';

/** A stance under a condition, told from its fold. */
export interface ToldConditional {
  readonly condition: string;
  readonly view: StanceView;
}

/** Those of which something was said by a day. */
export const toldConditionals = (history: History, day: number): ToldConditional[] =>
  history.conditional.flatMap((one) => {
    const view = stanceAt(one, day);
    return view.statements === 0 || one.condition === null ? [] : [{ condition: one.condition, view }];
  });

export const conditionalAnswer = (
  { condition, view }: ToldConditional,
  materials: Materials,
  grounds: Grounds,
): ConditionalStanceAnswer => ({
  condition,
  status: view.status,
  direction: view.direction,
  strength: view.strength,
  since: view.since === null ? null : dayAnswer(view.since),
  statements: view.statements,
  reaffirmations: view.reaffirmations,
  evidence: evidenceAnswer(view.evidence, materials, grounds),
});
