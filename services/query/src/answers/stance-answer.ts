import type { DateAnswer, StanceAnswer } from '@stance/contracts';
import { daysOf, stanceAt } from '@stance/domain';
import type { History, Segment, StanceChange, StanceView } from '@stance/domain';

import { dateAnswer, dayAnswer } from '../dates.ts';
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
  ...(view.claimedBy === null ? [] : [view.claimedBy]),
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
    history: withQuery(history, { at: context.atText, knownAt }),
    statements: withQuery('/v1/statements', { holder, proposition, knownAt }),
  };
};

/** The claim as it was given, or the day to which alone it can reach back. */
export const claimedSinceAnswer = (
  { claimedSince, claimedBy }: Pick<Segment, 'claimedSince' | 'claimedBy'>,
  materials: Materials,
): { readonly claimedSince?: DateAnswer } => {
  if (claimedSince === null) return {};
  const heldSince = claimedBy === null ? undefined : materials.statement(claimedBy)?.content.heldSince;
  const claim = heldSince === undefined ? null : daysOf(heldSince);
  if (heldSince === undefined || claim === null || (claim.earliest ?? claim.latest) !== claimedSince) {
    return { claimedSince: dayAnswer(claimedSince) };
  }
  return { claimedSince: dateAnswer(heldSince, claim) };
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
    ...claimedSinceAnswer(view, materials),
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
