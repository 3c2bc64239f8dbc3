import type {
  ExplainedChangeAnswer,
  ExplainedConditionAnswer,
  ExplainedContestedAnswer,
  ExplainedMomentAnswer,
  ExplainedStatementAnswer,
  ExplanationAnswer,
  StepEntryAnswer,
} from '@stance/contracts';
import { basisOf, stanceAt } from '@stance/domain';
import type { ExplainedMoment, ExplainedStatement, ExplainedStep, Method, StepEntry } from '@stance/domain';

import { dayAnswer } from '../../dates.ts';
import type { ReadingContext } from '../../reading-context.ts';
import { changeAnswer } from '../change-answer.ts';
import { disputeAnswer } from '../dispute-answer.ts';
import { accountAnswer } from '../evidence-answer.ts';
import type { Materials } from '../materials.ts';
import { historyStatementAnswer } from '../statement-answer.ts';
import { explainedStanceAnswer } from './explained-stance.ts';
import type { ToldBasis } from './explained-stance.ts';
import { shownEntries, shownSpeaking, speakingFor } from './told-explanation.ts';
import type { ToldExplanation, ToldMoment, ToldSums } from './told-explanation.ts';
import { whyEntry, whyMoment, whyStatement, whyStep } from './words.ts';

/** A page of an explanation, and what it is written from. */
export interface ExplanationPage {
  readonly number: number;
  readonly told: ToldExplanation;
  readonly page: readonly ExplainedStatement[];
  readonly next: string | undefined;
  readonly stance: ToldBasis;
  readonly materials: Materials;
  /** What actors are called at the position, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly method: Method;
  readonly context: ReadingContext;
}

const momentAnswer = (moment: ExplainedMoment, method: Method): ExplainedMomentAnswer => {
  const { day, direction, adds, weights, contested, effect } = moment;
  return { at: dayAnswer(day), direction, adds, weights, contested, effect, why: whyMoment(moment, method) };
};

const statementAnswer = (
  explained: ExplainedStatement,
  { materials, names, method }: ExplanationPage,
): ExplainedStatementAnswer[] => {
  const { placed, moment } = explained;
  const statement = materials.statement(placed.statement.id);
  if (statement === undefined) return [];
  const speakerName = names.get(placed.statement.speaker);
  return [
    {
      ...historyStatementAnswer(statement, placed),
      ...(speakerName === undefined ? {} : { speakerName }),
      factors: [...placed.factors],
      moment: moment === null ? null : momentAnswer(moment, method),
      why: whyStatement(explained, names),
    },
  ];
};

const entryAnswer = (
  entry: StepEntry,
  step: ExplainedStep,
  sums: ToldSums,
  { materials, method }: ExplanationPage,
): StepEntryAnswer => {
  const { day, effect, adds, for: added, against, settles } = entry;
  const moment = sums.momentOn(day);
  const statements = shownSpeaking(step, moment).flatMap(({ id, weight }) => {
    const statement = materials.statement(id);
    if (statement === undefined) return [];
    const direction = sums.directionOf(id) ?? undefined;
    return [{ ...(direction === undefined ? {} : { direction }), ...accountAnswer(statement, weight) }];
  });
  return {
    at: dayAnswer(day),
    effect,
    adds,
    for: added,
    against,
    ...(settles === null ? {} : { settles }),
    statements,
    statementCount: speakingFor(step, moment).length,
    why: whyEntry(entry, method),
  };
};

const changeAnswerOf = (step: ExplainedStep, sums: ToldSums, page: ExplanationPage): ExplainedChangeAnswer => ({
  change: changeAnswer(page.number, step.change, page.materials, page.context.method),
  entries: shownEntries(step).map((entry) => entryAnswer(entry, step, sums, page)),
  entryCount: step.entries.length,
  ...(step.missing === null ? {} : { missing: step.missing }),
  why: whyStep(step, page.method),
});

const contestedAnswerOf = (
  { dispute, explained }: ToldMoment,
  { materials, method }: ExplanationPage,
): ExplainedContestedAnswer => ({
  ...disputeAnswer(dispute, materials),
  effect: explained.effect,
  why: whyMoment(explained, method),
});

const sumsAnswer = (sums: ToldSums | null, page: ExplanationPage) => ({
  changes: sums === null ? [] : sums.steps.map((step) => changeAnswerOf(step, sums, page)),
  contested: sums === null ? [] : sums.contested.map((moment) => contestedAnswerOf(moment, page)),
});

const conditionAnswer = (sums: ToldSums, page: ExplanationPage): ExplainedConditionAnswer => {
  const { history, explanation } = sums;
  const { day } = page.context.at;
  const view = stanceAt(history, day);
  const told = { history, explanation, failed: false, basis: basisOf(history, day) };
  return {
    condition: history.condition ?? '',
    stance: explainedStanceAnswer({ ...told, view: view.statements === 0 ? null : view }, page.materials, page.method),
    ...sumsAnswer(sums, page),
  };
};

export const explanationAnswer = (page: ExplanationPage): ExplanationAnswer => {
  const { number, told, next, stance, materials, method, context } = page;
  return {
    ...materials.subject(number),
    stance: explainedStanceAnswer(stance, materials, method),
    ...sumsAnswer(told.own, page),
    conditional: told.conditional.map((sums) => conditionAnswer(sums, page)),
    statements: {
      items: page.page.flatMap((statement) => statementAnswer(statement, page)),
      count: told.statements.length,
      ...(next === undefined ? {} : { next }),
    },
    ...(stance.failed || materials.incomplete(number) ? { incomplete: true as const } : {}),
    at: context.at.answer,
    knownAt: context.knownAt,
    method: context.method,
  };
};
