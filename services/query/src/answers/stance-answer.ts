import type { StanceAnswer } from '@stance/contracts';
import { stanceAt } from '@stance/domain';
import type { Ground, History, StanceChange, StanceView } from '@stance/domain';

import { dayAnswer } from '../dates.ts';
import type { ReadingContext } from '../reading-context.ts';
import type { Dissent } from '../dissents.ts';
import type { ImpliedStance } from '../implied-stances.ts';
import { changeAnswer } from './change-answer.ts';
import { claimAnswer } from './claim-answer.ts';
import { conditionalAnswer, toldConditionals } from './conditional-answer.ts';
import type { ToldConditional } from './conditional-answer.ts';
import { contestedAnswer, evidenceAnswer, shownAccounts } from './evidence-answer.ts';
import type { Grounds } from './evidence-answer.ts';
import { dissentAnswer } from './dissent-answer.ts';
import { impliedAnswer } from './implied-answer.ts';
import type { Materials } from './materials.ts';

/** A stance told from the fold of its history, before its words are fetched. */
export interface ToldStance {
  readonly history: number;
  /** The rules failed on the history: nothing can be told of it. */
  readonly failed: boolean;
  readonly view: StanceView;
  /** The last statement said by then. */
  readonly last: string | null;
  readonly conditional: readonly ToldConditional[];
  /** Of those of its statements that point at other stances. */
  readonly grounds: Grounds;
}

const nothingTold: StanceView = {
  status: 'insufficient',
  direction: null,
  strength: null,
  since: null,
  claimedSince: null,
  claimedBy: null,
  provisional: null,
  contested: null,
  statements: 0,
  reaffirmations: 0,
  lastSaid: null,
  evidence: [],
};

const groundsIn = ({ placed }: History): Grounds => {
  const grounds = new Map<string, Ground>();
  for (const { statement } of placed) if (statement.ground !== null) grounds.set(statement.id, statement.ground);
  return grounds;
};

/** Where nothing was said, but something may stand beside it. */
export const silentStance = (history: number): ToldStance => ({
  history,
  failed: false,
  view: nothingTold,
  last: null,
  conditional: [],
  grounds: new Map(),
});

/** `null` where nothing was said by then. */
export const toldStance = (number: number, history: History | null, day: number): ToldStance | null => {
  if (history === null) return { ...silentStance(number), failed: true };
  const view = stanceAt(history, day);
  if (view.statements === 0) return null;
  const last = history.placed[view.statements - 1]?.statement.id ?? null;
  return {
    history: number,
    failed: false,
    view,
    last,
    conditional: toldConditionals(history, day),
    grounds: groundsIn(history),
  };
};

export const statementsOfStance = ({ view, last, conditional }: ToldStance): string[] => [
  ...view.evidence.map(({ statementId }) => statementId),
  ...conditional.flatMap((one) => one.view.evidence.map(({ statementId }) => statementId)),
  ...[last, view.claimedBy].filter((id) => id !== null),
  ...(view.provisional?.evidence ?? []).map(({ statementId }) => statementId),
  ...(view.contested === null ? [] : shownAccounts(view.contested).map(({ statementId }) => statementId)),
];

export const changesOfStance = ({ history, view }: ToldStance): { history: number; change: StanceChange }[] =>
  view.provisional === null ? [] : [{ history, change: view.provisional }];

const withQuery = (path: string, parameters: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
};

/** Links that lead to the same state of knowledge, where one was asked for. */
const linksOf = (holder: string, proposition: string, context: ReadingContext): StanceAnswer['links'] => {
  const knownAt = context.live ? undefined : String(context.knownAt);
  const history = `/v1/histories/${encodeURIComponent(holder)}/${encodeURIComponent(proposition)}`;
  return {
    history: withQuery(history, { at: context.atText, knownAt, method: context.methodText }),
    statements: withQuery('/v1/statements', { holder, proposition, at: context.atText, knownAt }),
  };
};

/** What stands beside a stance, and never counts with it. */
export interface Beside {
  readonly implied?: readonly ImpliedStance[];
  readonly dissent?: readonly Dissent[];
}

export const stanceAnswer = (
  told: ToldStance,
  materials: Materials,
  context: ReadingContext,
  { implied = [], dissent = [] }: Beside = {},
): StanceAnswer => {
  const { history, failed, view, last, conditional, grounds } = told;
  const said = view.status === 'insufficient' ? null : view.direction;
  const subject = materials.subject(history);
  const lastSaid = last === null ? undefined : materials.statement(last);
  return {
    ...subject,
    status: view.status,
    direction: view.direction,
    strength: view.strength,
    since: view.since === null ? null : dayAnswer(view.since),
    ...claimAnswer(view, materials),
    ...(view.provisional === null
      ? {}
      : { provisional: changeAnswer(history, view.provisional, materials, context.method) }),
    ...(view.contested === null ? {} : { contested: contestedAnswer(view.contested, materials) }),
    statements: view.statements,
    reaffirmations: view.reaffirmations,
    lastSaidAt: lastSaid?.saidAt ?? null,
    evidence: evidenceAnswer(view.evidence, materials, grounds),
    ...(conditional.length === 0
      ? {}
      : { conditional: conditional.map((one) => conditionalAnswer(one, materials, grounds)) }),
    ...(implied.length === 0 ? {} : { implied: implied.flatMap((one) => impliedAnswer(one, said, materials)) }),
    ...(dissent.length === 0 ? {} : { dissent: dissent.flatMap((one) => dissentAnswer(one, materials)) }),
    ...(failed || materials.incomplete(history) ? { incomplete: true as const } : {}),
    method: context.method,
    links: linksOf(subject.holder, subject.proposition, context),
  };
};
