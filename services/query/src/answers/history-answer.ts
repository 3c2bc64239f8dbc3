import type { HistoryAnswer } from '@stance/contracts';
import type { Dispute, History, PlacedStatement, SaysAndDoes } from '@stance/domain';

import type { AccountAcross } from '../accounts-across.ts';
import type { ReadingContext } from '../reading-context.ts';
import { acrossHoldersAnswer } from './across-holders-answer.ts';
import { changeAnswer } from './change-answer.ts';
import { disputeAnswer, statementsOfDispute } from './dispute-answer.ts';
import type { Materials } from './materials.ts';
import { saysAndDoesAnswer } from './says-and-does-answer.ts';
import { segmentAnswer } from './segment-answer.ts';
import { changesOfStance, stanceAnswer, statementsOfStance } from './stance-answer.ts';
import type { Beside, ToldStance } from './stance-answer.ts';
import { historyStatementAnswer } from './statement-answer.ts';

/** A page of a history, told from its fold. */
export interface ToldHistory {
  readonly number: number;
  /** The parked streams because of which it is incomplete. */
  readonly parked: readonly string[];
  /** `null` where there is none, or where it cannot be told. */
  readonly history: History | null;
  readonly stance: ToldStance | null;
  readonly disputes: readonly Dispute[];
  readonly sides: SaysAndDoes | null;
  readonly placed: readonly PlacedStatement[];
  readonly next: string | undefined;
  readonly beside: Beside;
  readonly across: readonly (readonly AccountAcross[])[];
}

/** So many parked streams are named. */
const mostParked = 20;

export const statementsOfHistory = ({ history, stance, disputes, placed, across }: ToldHistory): Set<string> => {
  const ids = new Set(placed.map(({ statement }) => statement.id));
  for (const id of stance === null ? [] : statementsOfStance(stance)) ids.add(id);
  for (const change of history?.changes ?? []) for (const { statementId } of change.evidence) ids.add(statementId);
  for (const dispute of disputes) for (const id of statementsOfDispute(dispute)) ids.add(id);
  for (const { placed: account } of across.flat()) ids.add(account.statement.id);
  for (const { claimedBy } of history?.segments ?? []) if (claimedBy !== null) ids.add(claimedBy);
  return ids;
};

export const changesOfHistory = ({ number, history, stance }: ToldHistory) => [
  ...(history?.changes ?? []).map((change) => ({ history: number, change })),
  ...(stance === null ? [] : changesOfStance(stance)),
];

export const historyAnswer = (told: ToldHistory, materials: Materials, context: ReadingContext): HistoryAnswer => {
  const { number, history, stance, disputes, sides, placed, next, across } = told;
  return {
    ...materials.subject(number),
    stance: stance === null ? null : stanceAnswer(stance, materials, context, told.beside),
    segments: (history?.segments ?? []).map((segment) => segmentAnswer(segment, history?.method.least ?? 0, materials)),
    changes: (history?.changes ?? []).map((change) => changeAnswer(number, change, materials, context.method)),
    contested: disputes.map((dispute) => disputeAnswer(dispute, materials)),
    ...(sides === null ? {} : { saysAndDoes: saysAndDoesAnswer(sides, context.at.day) }),
    ...(across.length === 0
      ? {}
      : { acrossHolders: across.map((accounts) => acrossHoldersAnswer(accounts, materials)) }),
    statements: {
      items: placed.flatMap((one) => {
        const statement = materials.statement(one.statement.id);
        return statement === undefined ? [] : [historyStatementAnswer(statement, one)];
      }),
      ...(next === undefined ? {} : { next }),
    },
    ...(stance?.failed === true || materials.incomplete(number) ? { incomplete: true as const } : {}),
    ...(told.parked.length === 0 ? {} : { parked: told.parked.slice(0, mostParked) }),
    at: context.at.answer,
    knownAt: context.knownAt,
    method: context.method,
  };
};
