import { atLeast } from './approximate.ts';
import type { Band } from './band.ts';
import type { StanceChange } from './change.ts';
import type { Day } from './day.ts';
import type { StanceDirection } from './direction.ts';
import { evidenceOf, opened, opposes, reaffirms, supports, weightiest } from './evidence.ts';
import type { Evidence, EvidenceRow } from './evidence.ts';
import { ownChanges } from './history.ts';
import type { ContestedMoment, History, PlacedStatement } from './history.ts';
import type { SaidInterval } from './known-statement.ts';
import { segmentAt } from './segment.ts';
import type { Segment } from './segment.ts';
import { spokenDirection } from './weight.ts';

/** Where a holder stands on a day, as the whole history tells it in hindsight. */
export interface StanceView {
  readonly status: 'confirmed' | 'provisional' | 'insufficient';
  /** `null` where there is no stance: before the first, or where nothing that weighs was said. */
  readonly direction: StanceDirection | null;
  readonly strength: Band | null;
  readonly since: Day | null;
  readonly claimedSince: Day | null;
  /** The statement that claims it. */
  readonly claimedBy: string | null;
  /** The change under way that was opened by then: of the direction, else of the strength. */
  readonly provisional: StanceChange | null;
  /** The last contested moment by then within the stance (where there is none, of all). */
  readonly contested: ContestedMoment | null;
  /** How many were said by then, those that weigh nothing or could not be placed included. */
  readonly statements: number;
  /** How many of them said by then were more of this stance. */
  readonly reaffirmations: number;
  /** When the last of them was said. */
  readonly lastSaid: SaidInterval | null;
  /**
   * At most the 20 weightiest said by then since the stance began (without one: of all), in the order said; what only
   * repeats an utterance is left out.
   */
  readonly evidence: readonly Evidence[];
}

const sideOf = (placed: PlacedStatement, segment: Segment | null): number => {
  if (segment === null) return supports;
  if (placed.reaffirmation) return reaffirms;
  if (spokenDirection(placed.statement) !== segment.direction && segment.direction !== 'mixed') return opposes;
  return placed.day === segment.since ? opened : supports;
};

/** How many of the placed statements (in order) were said by a day. */
const countBy = (placed: readonly PlacedStatement[], at: Day): number => {
  let low = 0;
  let high = placed.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((placed[middle]?.day ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The stance on a day (without one: after all that was said). Direction and changes are told in hindsight; counts,
 * `lastSaid` and evidence stop at that day. Before the first change there is no stance: the status is `insufficient`
 * and the direction `null`.
 */
export const stanceAt = (history: History, at: Day = Infinity): StanceView => {
  const segment = at === Infinity ? (history.segments.at(-1) ?? null) : segmentAt(history.segments, at);
  const since = segment?.since ?? -Infinity;
  const statements = countBy(history.placed, at);
  let reaffirmations = 0;
  let evidence: readonly EvidenceRow[] = [];
  let pending: EvidenceRow[] = [];
  for (let index = countBy(history.placed, since - 1); index < statements; index += 1) {
    const placed = history.placed[index];
    if (placed === undefined) break;
    if ((placed.statement.condition === null) !== (history.condition === null)) continue;
    if (placed.reaffirmation) reaffirmations += 1;
    if (placed.weight === 0 || placed.role === 'repeats' || placed.role === 'copy') continue;
    pending.push([placed.statement.id, placed.weight, placed.day, sideOf(placed, segment)]);
    if (pending.length === 1000) {
      evidence = weightiest(evidence, pending);
      pending = [];
    }
  }
  const isUnderWay = (change: StanceChange): boolean => change.status === 'provisional' && change.at <= at;
  const underWay = ownChanges(history).filter(isUnderWay);
  const enough = segment !== null && atLeast(segment.weight, history.method.least);
  return {
    status: enough ? segment.status : 'insufficient',
    direction: segment?.direction ?? null,
    strength: segment?.strength ?? null,
    since: segment?.since ?? null,
    claimedSince: segment?.claimedSince ?? null,
    claimedBy: segment?.claimedBy ?? null,
    provisional: underWay.find((change) => change.track === 'direction') ?? underWay[0] ?? null,
    contested: history.contested.findLast((moment) => moment.day <= at && moment.day >= since) ?? null,
    statements,
    reaffirmations,
    lastSaid: history.placed[statements - 1]?.statement.said ?? null,
    evidence: evidenceOf(weightiest(evidence, pending)),
  };
};
