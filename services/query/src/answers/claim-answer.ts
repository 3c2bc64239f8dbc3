import type { DateAnswer } from '@stance/contracts';
import { daysOf } from '@stance/domain';
import type { Segment } from '@stance/domain';

import { dateAnswer, dayAnswer } from '../dates.ts';
import type { Materials } from './materials.ts';

/** Since when a stance is said to have been held: as the claim was worded, where all of it counts. */
export const claimAnswer = (
  { claimedSince, claimedBy }: Pick<Segment, 'claimedSince' | 'claimedBy'>,
  materials: Materials,
): { claimedSince?: DateAnswer; claimedBy?: string } => {
  if (claimedSince === null || claimedBy === null) return {};
  const heldSince = materials.statement(claimedBy)?.content.heldSince;
  const claim = heldSince === undefined ? null : daysOf(heldSince);
  const countsAll = claim !== null && (claim.earliest ?? claim.latest) === claimedSince;
  const worded = heldSince !== undefined && countsAll ? dateAnswer(heldSince, claim) : dayAnswer(claimedSince);
  return { claimedSince: worded, claimedBy };
};
