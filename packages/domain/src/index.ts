export { dayOf, formatDay } from './day.ts';
export type { Day, DayInterval } from './day.ts';
export type { StanceDirection } from './direction.ts';
export type { Band } from './band.ts';
export * from './known-statement.ts';
export type { Method } from './method.ts';
export { defaultMethod } from './default-method.ts';
export { factorsOf, spokenDirection, weightOf } from './weight.ts';
export { numbersOf } from './method-numbers.ts';
export type { MethodNumber } from './method-numbers.ts';
export { compareHistories, differingNumbers } from './method-comparison.ts';
export type {
  ChangeDifference,
  MethodComparison,
  NumberDifference,
  StatementDifference,
  Told,
} from './method-comparison.ts';
export type { Factor } from './weight.ts';
export type { Evidence, EvidenceRole } from './evidence.ts';
export { changeKey, compareChanges } from './change.ts';
export type { ChangeKey, ChangeKind, ChangeStatus, Stance, StanceChange, Track } from './change.ts';
export type { Segment } from './segment.ts';
export type { ContestedMoment, DisputedAccount, History, PlacedStatement, StatementRole } from './history.ts';
export { foldHistory, foldInPieces } from './fold.ts';
export type { Pieces } from './pieces.ts';
export { explainHistory, explainInPieces, basisOf, leadingShare } from './explanation.ts';
export type {
  ExplainedMoment,
  ExplainedStatement,
  ExplainedStep,
  Explanation,
  Missing,
  StanceBasis,
} from './explanation.ts';
export type { SettlingRule, StepEntry } from './step-trace.ts';
export type { Effect } from './stance-steps.ts';
export { disputesOf } from './dispute.ts';
export type { Dispute, DisputeKind } from './dispute.ts';
export type { Resolution, SettlingEffect } from './resolution.ts';
export { partingsOf, saysAndDoes, saysAndDoesInPieces } from './says-and-does.ts';
export type { Parting, SaysAndDoes } from './says-and-does.ts';
export { agreementsOf } from './agreement.ts';
export type { Agreement, HeldStance } from './agreement.ts';
export { jointMovesOf, movesIn } from './moves.ts';
export type { JointMove, Move, Moves, Period } from './moves.ts';
export { stanceAt } from './stance-view.ts';
export type { StanceView } from './stance-view.ts';
export { DateError } from './date-error.ts';
export type { DateErrorCode } from './date-error.ts';
export { daysOf } from './edtf.ts';
export { saidInterval } from './said-interval.ts';
export { documentOf, toKnownStatement } from './recorded-statement.ts';
export type { RecordedSource, RecordedStatement, SurvivorOf } from './recorded-statement.ts';
export { wordsOf } from './words.ts';
export { survivorsOf } from './survivors.ts';
export type { MergeEdge, Survivors } from './survivors.ts';
export { isDisowning, withDisownings } from './disowning.ts';
export type { Ground, GroundReason, SeenStance } from './ground.ts';
export { groundHistories, groundInPieces, pointedAt } from './grounding.ts';
export type { KnownHistory } from './grounding.ts';
export { historyId } from './history-id.ts';
export { implicationsFor } from './implication.ts';
export type { Implication, Relation, RelationType, Side } from './implication.ts';
export { emptyTail, extendTail, tailOf } from './tail.ts';
export type { Tail, TailStep } from './tail.ts';
