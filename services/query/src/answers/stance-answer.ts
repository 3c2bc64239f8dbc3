import type { StanceAnswer } from '@stance/contracts';
import { stanceAt } from '@stance/domain';
import type { History, StanceChange, StanceView } from '@stance/domain';

import { dayAnswer } from '../dates.ts';
import type { ReadingContext } from '../reading-context.ts';
import { changeAnswer } from './change-answer.ts';
import { contestedAnswer, evidenceAnswer, shownAccounts } from './evidence-answer.ts';
import type { Materials } from './materials.ts';

/** A stance told from the fold of its history, before its words are fetched. */
export interface ToldStance {
  readonly history: number;
  readonly view: StanceView;
  /** The last statement said by then. */
  readonly last: string | null;
}

/** `null` where nothing was said by then. */
export const toldStance = (number: number, history: History, day: number): ToldStance | null => {
  const view = stanceAt(history, day);
  return view.statements === 0
    ? null
    : { history: number, view, last: history.placed[view.statements - 1]?.statement.id ?? null };
};

export const statementsOfStance = ({ view, last }: ToldStance): string[] => [
  ...view.evidence.map(({ statementId }) => statementId),
  ...(last === null ? [] : [last]),
  ...(view.provisional?.evidence ?? []).map(({ statementId }) => statementId),
  ...(view.contested === null ? [] : shownAccounts(view.contested).map(({ statementId }) => statementId)),
];

export const changesOfStance = ({ history, view }: ToldStance): { history: number; change: StanceChange }[] =>
  view.provisional === null ? [] : [{ history, change: view.provisional }];

const linksOf = (holder: string, proposition: string, context: ReadingContext): StanceAnswer['links'] => {
  const asked = new URLSearchParams();
  if (context.atText !== undefined) asked.set('at', context.atText);
  if (!context.live) asked.set('knownAt', String(context.knownAt));
  const filter = new URLSearchParams({ holder, proposition });
  for (const [name, value] of asked) filter.set(name, value);
  const more = asked.size === 0 ? '' : `?${asked.toString()}`;
  return {
    history: `/v1/histories/${encodeURIComponent(holder)}/${encodeURIComponent(proposition)}${more}`,
    statements: `/v1/statements?${filter.toString()}`,
  };
};

export const stanceAnswer = (told: ToldStance, materials: Materials, context: ReadingContext): StanceAnswer => {
  const { history, view, last } = told;
  const subject = materials.subject(history);
  const lastSaid = last === null ? undefined : materials.statement(last);
  return {
    ...subject,
    status: view.status,
    direction: view.direction,
    strength: view.strength,
    since: view.since === null ? null : dayAnswer(view.since),
    ...(view.claimedSince === null ? {} : { claimedSince: dayAnswer(view.claimedSince) }),
    ...(view.provisional === null
      ? {}
      : { provisional: changeAnswer(history, view.provisional, materials, context.method) }),
    ...(view.contested === null ? {} : { contested: contestedAnswer(view.contested, materials) }),
    statements: view.statements,
    reaffirmations: view.reaffirmations,
    lastSaidAt: lastSaid?.saidAt ?? null,
    evidence: evidenceAnswer(view.evidence, materials),
    ...(materials.incomplete(history) ? { incomplete: true as const } : {}),
    method: context.method,
    links: linksOf(subject.holder, subject.proposition, context),
  };
};
