import type {
  Day,
  Dispute,
  ExplainedMoment,
  ExplainedStatement,
  ExplainedStep,
  Explanation,
  History,
  StanceChange,
  StepEntry,
} from '@stance/domain';
import { disputesOf } from '@stance/domain';

import { statementsOfDispute } from '../dispute-answer.ts';
import type { Materials } from '../materials.ts';

/** How many entries of a change are shown at each end. */
const entriesAnEnd = 25;
/** How many statements are shown with an entry. */
const statementsAnEntry = 3;

export interface ToldMoment {
  readonly dispute: Dispute;
  readonly explained: ExplainedMoment;
}

/** What is shown of an explanation, before its words are fetched. */
export interface ToldExplanation {
  readonly steps: readonly ExplainedStep[];
  readonly contested: readonly ToldMoment[];
  /** Those said by then: all that are on some page. */
  readonly statements: readonly ExplainedStatement[];
  readonly momentOn: (day: Day) => ExplainedMoment | undefined;
}

/** Of a history without statements, or one that cannot be told. */
export const nothingTold: ToldExplanation = {
  steps: [],
  contested: [],
  statements: [],
  momentOn: () => undefined,
};

/** Everything, the first `saidBy` statements; or what concerns one step: its moments, and what was said in them. */
export const toldExplanation = (
  history: History,
  explanation: Explanation,
  saidBy: number,
  only: ExplainedStep | null,
): ToldExplanation => {
  const moments = new Map(explanation.moments.map((moment) => [moment.day, moment]));
  const days = only === null ? null : new Set(only.entries.map(({ day }) => day));
  const statements = explanation.statements.slice(0, saidBy);
  return {
    steps: only === null ? explanation.steps : [only],
    contested: disputesOf(history).flatMap((dispute) => {
      const { day } = dispute.moment;
      const explained = moments.get(day);
      const concerned = days === null || days.has(day);
      return explained === undefined || !concerned ? [] : [{ dispute, explained }];
    }),
    statements: days === null ? statements : statements.filter(({ moment }) => moment !== null && days.has(moment.day)),
    momentOn: (day) => moments.get(day),
  };
};

export const shownEntries = ({ entries }: ExplainedStep): readonly StepEntry[] =>
  entries.length <= 2 * entriesAnEnd ? entries : [...entries.slice(0, entriesAnEnd), ...entries.slice(-entriesAnEnd)];

export const shownOfMoment = (moment: ExplainedMoment | undefined): ExplainedMoment['speaking'] =>
  moment?.speaking.slice(0, statementsAnEntry) ?? [];

/** The statements whose words are shown, those of the page included. */
export const statementsOfExplanation = (
  { steps, contested, momentOn }: ToldExplanation,
  page: readonly ExplainedStatement[],
): Set<string> => {
  const ids = new Set(page.map(({ placed }) => placed.statement.id));
  for (const step of steps) {
    for (const { statementId } of step.change.evidence) ids.add(statementId);
    for (const { day } of shownEntries(step)) for (const { id } of shownOfMoment(momentOn(day))) ids.add(id);
  }
  for (const { dispute } of contested) for (const id of statementsOfDispute(dispute)) ids.add(id);
  return ids;
};

/** The actors whose names are shown: speakers and reporters. */
export const actorsOfExplanation = (
  told: ToldExplanation,
  page: readonly ExplainedStatement[],
  materials: Materials,
): Set<string> => {
  const ids = new Set<string>();
  for (const id of statementsOfExplanation(told, page)) {
    const content = materials.statement(id)?.content;
    if (content === undefined) continue;
    ids.add(content.speaker ?? content.holder);
    for (const { actor } of content.reportedBy ?? []) if (actor !== undefined) ids.add(actor);
  }
  return ids;
};

/** The changes that are shown, the one that the stance rests on included. */
export const changesOfExplanation = (
  number: number,
  { steps }: ToldExplanation,
  ground: StanceChange | null,
): { history: number; change: StanceChange }[] =>
  [...new Set([...steps.map(({ change }) => change), ...(ground === null ? [] : [ground])])].map((change) => ({
    history: number,
    change,
  }));
