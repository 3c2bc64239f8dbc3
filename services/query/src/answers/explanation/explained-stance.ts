import type { ExplainedStanceAnswer } from '@stance/contracts';
import { formatDay } from '@stance/domain';
import type { Explanation, History, Method, StanceBasis, StanceView } from '@stance/domain';

import { dayAnswer } from '../../dates.ts';
import type { Materials } from '../materials.ts';
import { number, reasonOf } from './words.ts';

/** The stance on a day, and what it rests on. */
export interface ToldBasis {
  /** `null`: it has not begun, or the rules failed on it. */
  readonly history: History | null;
  readonly explanation: Explanation | null;
  /** `null`: nothing was said by then. */
  readonly view: StanceView | null;
  readonly failed: boolean;
  readonly basis: StanceBasis | null;
}

const whyNone = ({ history, view, failed }: ToldBasis): string => {
  if (failed) return 'the rules failed on this history';
  if (view === null) return 'nothing was said by then';
  const first = history?.segments[0];
  return first === undefined
    ? 'nothing that was said has a direction and weight'
    : `the first stance begins later, on ${formatDay(first.from)}`;
};

const whyBasis = ({ explanation, view }: ToldBasis, { segment, change }: StanceBasis, method: Method): string => {
  if (view?.status === 'insufficient') {
    return `too little to say: ${number(segment.weight)} stands behind ${segment.direction}, and ${number(method.least)} is the least`;
  }
  const step = explanation?.steps.find((one) => one.change === change);
  const because = step === undefined ? '' : `; ${reasonOf(step, method)}`;
  if (segment.status === 'provisional') return `nothing is confirmed yet, and ${segment.direction} leads${because}`;
  const open = view?.provisional ?? null;
  const underWay =
    open === null ? '' : `; a change opened on ${formatDay(open.at)} is not confirmed, and does not count yet`;
  return `${segment.direction} by the change of ${formatDay(change.at)}${because}${underWay}`;
};

/** The stance on a day, and why it is that. */
export const explainedStanceAnswer = (told: ToldBasis, materials: Materials, method: Method): ExplainedStanceAnswer => {
  const { view, basis } = told;
  const { least } = method;
  if (view === null || basis === null) {
    const none = { status: 'insufficient', direction: null, strength: null, since: null } as const;
    return { ...none, weight: 0, least, why: whyNone(told) };
  }
  const { segment, change } = basis;
  return {
    status: view.status,
    direction: segment.direction,
    strength: segment.strength,
    since: dayAnswer(segment.since),
    weight: segment.weight,
    least,
    changeId: materials.changeId(change),
    why: whyBasis(told, basis, method),
  };
};
