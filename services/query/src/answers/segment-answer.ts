import type { SegmentAnswer } from '@stance/contracts';
import type { Segment } from '@stance/domain';

import { dayAnswer } from '../dates.ts';
import { claimAnswer } from './claim-answer.ts';
import type { Materials } from './materials.ts';

/** Sums of weights are rounded by the rules: a difference this small is none. */
const tolerance = 1e-9;

export const segmentStatus = ({ weight, status }: Segment, least: number): SegmentAnswer['status'] =>
  weight + tolerance < least ? 'insufficient' : status;

export const segmentAnswer = (segment: Segment, least: number, materials: Materials): SegmentAnswer => ({
  direction: segment.direction,
  strength: segment.strength,
  from: dayAnswer(segment.from),
  to: segment.to === null ? null : dayAnswer(segment.to),
  status: segmentStatus(segment, least),
  contested: segment.contested,
  since: dayAnswer(segment.since),
  ...claimAnswer(segment, materials),
  weight: segment.weight,
});
