import type {
  Day,
  Direction,
  Dispute,
  ExplainedMoment,
  ExplainedStatement,
  ExplainedStep,
  Explanation,
  History,
  StanceChange,
  StepEntry,
} from '@stance/domain';
import { basisOf, disputesOf, spokenDirection } from '@stance/domain';

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

/** What is shown of the sums of a history, or of those of one condition, before its words are fetched. */
export interface ToldSums {
  readonly history: History;
  readonly explanation: Explanation;
  readonly steps: readonly ExplainedStep[];
  readonly contested: readonly ToldMoment[];
  readonly momentOn: (day: Day) => ExplainedMoment | undefined;
  /** What a statement speaks for: an endorsement says what it points at. */
  readonly directionOf: (statement: string) => Direction | null;
}

export interface ToldExplanation {
  /** `null`: there is no history, or it cannot be told. */
  readonly own: ToldSums | null;
  readonly conditional: readonly ToldSums[];
  /** Those said by then: all that are on some page. */
  readonly statements: readonly ExplainedStatement[];
}

/** Of a history without statements, or one that cannot be told. */
export const nothingTold: ToldExplanation = { own: null, conditional: [], statements: [] };

const toldSums = (history: History, explanation: Explanation, only: ExplainedStep | null): ToldSums => {
  const steps = only === null ? explanation.steps : explanation.steps.filter((step) => step === only);
  const days = only === null ? null : new Set(steps.flatMap(({ entries }) => entries.map(({ day }) => day)));
  const moments = new Map(explanation.moments.map((moment) => [moment.day, moment]));
  const directions = new Map(history.placed.map(({ statement }) => [statement.id, spokenDirection(statement)]));
  return {
    history,
    explanation,
    steps,
    contested: disputesOf(history).flatMap((dispute) => {
      const { day } = dispute.moment;
      const explained = moments.get(day);
      const concerned = days === null || days.has(day);
      return explained === undefined || !concerned ? [] : [{ dispute, explained }];
    }),
    momentOn: (day) => moments.get(day),
    directionOf: (statement) => directions.get(statement) ?? null,
  };
};

/** All steps, those of conditions after the others. */
export const allSteps = ({ steps, conditional }: Explanation): ExplainedStep[] => [
  ...steps,
  ...conditional.flatMap(allSteps),
];

/** Whether a statement was said in one of the moments of a step, opened it or took back what opened it. */
const concerns = (
  { change, entries }: ExplainedStep,
  { own, conditional }: Pick<ToldExplanation, 'own' | 'conditional'>,
) => {
  const sums = [own, ...conditional].find((one) => one?.steps.some((step) => step.change === change));
  const moments = new Set(entries.map(({ day }) => sums?.momentOn(day)));
  return ({ placed, moment }: ExplainedStatement): boolean =>
    (moment !== null && moments.has(moment)) ||
    (change.disownedBy !== undefined && [change.openedBy, change.disownedBy].includes(placed.statement.id));
};

/** Everything, the first `saidBy` statements; or what concerns one step: its moments, and what was said in them. */
export const toldExplanation = (
  history: History,
  explanation: Explanation,
  saidBy: number,
  only: ExplainedStep | null,
): ToldExplanation => {
  const own = toldSums(history, explanation, only);
  const conditional = explanation.conditional.flatMap((under, index) => {
    const sums = history.conditional[index];
    const told = sums === undefined ? null : toldSums(sums, under, only);
    return told === null || (only !== null && told.steps.length === 0) ? [] : [told];
  });
  const statements = explanation.statements.slice(0, saidBy);
  return {
    own,
    conditional,
    statements: only === null ? statements : statements.filter(concerns(only, { own, conditional })),
  };
};

/** The sums that are shown. */
export const sumsOf = ({ own, conditional }: ToldExplanation): readonly ToldSums[] =>
  own === null ? conditional : [own, ...conditional];

export const shownEntries = ({ entries }: ExplainedStep): readonly StepEntry[] =>
  entries.length <= 2 * entriesAnEnd ? entries : [...entries.slice(0, entriesAnEnd), ...entries.slice(-entriesAnEnd)];

/** Whose words count for a step on its day. */
export const speakingFor = (
  { change }: ExplainedStep,
  moment: ExplainedMoment | undefined,
): ExplainedMoment['speaking'] => (change.track === 'strength' ? moment?.statingStrength : moment?.speaking) ?? [];

export const shownSpeaking = (step: ExplainedStep, moment: ExplainedMoment | undefined): ExplainedMoment['speaking'] =>
  speakingFor(step, moment).slice(0, statementsAnEntry);

/** The statements whose words are shown, those of the page included. */
export const statementsOfExplanation = (told: ToldExplanation, page: readonly ExplainedStatement[]): Set<string> => {
  const ids = new Set(page.map(({ placed }) => placed.statement.id));
  for (const { steps, contested, momentOn } of sumsOf(told)) {
    for (const step of steps) {
      for (const { statementId } of step.change.evidence) ids.add(statementId);
      for (const { day } of shownEntries(step)) for (const { id } of shownSpeaking(step, momentOn(day))) ids.add(id);
    }
    for (const { dispute } of contested) for (const id of statementsOfDispute(dispute)) ids.add(id);
  }
  return ids;
};

/** The actors whose names are shown: speakers, reporters, and whose stances were pointed at. */
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
  for (const { placed } of page) for (const { holder } of placed.statement.ground?.path ?? []) ids.add(holder);
  return ids;
};

/** The changes that are shown, those that the stances on a day rest on included. */
export const changesOfExplanation = (
  number: number,
  told: ToldExplanation,
  at: Day,
): { history: number; change: StanceChange }[] => {
  const changes = sumsOf(told).flatMap(({ history, steps }) => {
    const basis = basisOf(history, at);
    return [...steps.map(({ change }) => change), ...(basis === null ? [] : [basis.change])];
  });
  return [...new Set(changes)].map((change) => ({ history: number, change }));
};
