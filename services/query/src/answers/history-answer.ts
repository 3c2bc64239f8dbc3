import type { HistoryAnswer, SegmentAnswer } from '@stance/contracts';
import type { History, PlacedStatement, Segment } from '@stance/domain';

import { dayAnswer } from '../dates.ts';
import type { ImpliedStance } from '../implied-stances.ts';
import type { ReadingContext } from '../reading-context.ts';
import { changeAnswer } from './change-answer.ts';
import { claimAnswer } from './claim-answer.ts';
import { contestedAnswer, shownAccounts } from './evidence-answer.ts';
import type { Materials } from './materials.ts';
import { changesOfStance, stanceAnswer, statementsOfStance } from './stance-answer.ts';
import type { ToldStance } from './stance-answer.ts';
import { historyStatementAnswer } from './statement-answer.ts';

/** A page of a history, told from its fold. */
export interface ToldHistory {
  readonly number: number;
  /** `null` where there is none, or where it cannot be told. */
  readonly history: History | null;
  readonly stance: ToldStance | null;
  readonly placed: readonly PlacedStatement[];
  readonly next: string | undefined;
  readonly implied: readonly ImpliedStance[];
}

export const statementsOfHistory = ({ history, stance, placed }: ToldHistory): Set<string> => {
  const ids = new Set(placed.map(({ statement }) => statement.id));
  for (const id of stance === null ? [] : statementsOfStance(stance)) ids.add(id);
  for (const change of history?.changes ?? []) for (const { statementId } of change.evidence) ids.add(statementId);
  for (const moment of history?.contested ?? [])
    for (const { statementId } of shownAccounts(moment)) ids.add(statementId);
  for (const { claimedBy } of history?.segments ?? []) if (claimedBy !== null) ids.add(claimedBy);
  return ids;
};

export const changesOfHistory = ({ number, history, stance }: ToldHistory) => [
  ...(history?.changes ?? []).map((change) => ({ history: number, change })),
  ...(stance === null ? [] : changesOfStance(stance)),
];

/** Sums of weights are rounded by the rules: a difference this small is none. */
const tolerance = 1e-9;

const segmentAnswer = (segment: Segment, least: number, materials: Materials): SegmentAnswer => ({
  direction: segment.direction,
  strength: segment.strength,
  from: dayAnswer(segment.from),
  to: segment.to === null ? null : dayAnswer(segment.to),
  status: segment.weight + tolerance < least ? 'insufficient' : segment.status,
  contested: segment.contested,
  since: dayAnswer(segment.since),
  ...claimAnswer(segment, materials),
  weight: segment.weight,
});

export const historyAnswer = (told: ToldHistory, materials: Materials, context: ReadingContext): HistoryAnswer => {
  const { number, history, stance, placed, next } = told;
  return {
    ...materials.subject(number),
    stance: stance === null ? null : stanceAnswer(stance, materials, context, told.implied),
    segments: (history?.segments ?? []).map((segment) => segmentAnswer(segment, history?.method.least ?? 0, materials)),
    changes: (history?.changes ?? []).map((change) => changeAnswer(number, change, materials, context.method)),
    contested: (history?.contested ?? []).map((moment) => contestedAnswer(moment, materials)),
    statements: {
      items: placed.flatMap((one) => {
        const statement = materials.statement(one.statement.id);
        return statement === undefined ? [] : [historyStatementAnswer(statement, one)];
      }),
      ...(next === undefined ? {} : { next }),
    },
    ...(stance?.failed === true || materials.incomplete(number) ? { incomplete: true as const } : {}),
    at: context.at.answer,
    knownAt: context.knownAt,
    method: context.method,
  };
};
