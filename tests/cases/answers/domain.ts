import {
  dayOf,
  defaultMethod,
  disputesOf,
  foldHistory,
  formatDay,
  groundHistories,
  historyId,
  implicationsFor,
  saysAndDoes,
  stanceAt,
  toKnownStatement,
} from '@stance/domain';
import type { Day, Dispute, History, HistoryName, Segment, StanceView } from '@stance/domain';

import type { Case, Question } from '../format/case.ts';
import { countingIn, learn, nothingKnown, survivorsIn } from '../format/known.ts';
import type { Known } from '../format/known.ts';
import type { Answer } from './answer.ts';

const dayKeys: ReadonlySet<string> = new Set([
  'at',
  'confirmedAt',
  'withdrawnAt',
  'from',
  'to',
  'since',
  'claimedSince',
]);

/** The same with days as text. */
const written = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, held: unknown) =>
      typeof held === 'number' && dayKeys.has(key) ? formatDay(held) : held,
    ),
  );

const contestedAnswer = ({ day, ...moment }: History['contested'][number]): object => ({ at: day, ...moment });

const disputeAnswer = ({ moment, kind, resolution }: Dispute): unknown => ({
  ...contestedAnswer(moment),
  kind,
  resolved: resolution === null ? null : { ...resolution, at: resolution.day, by: resolution.statements },
});

const sidesAnswer = (history: History): unknown => {
  const sides = saysAndDoes(history, defaultMethod);
  return sides === null ? null : { says: stanceAt(sides.says), does: stanceAt(sides.does), parts: sides.parts };
};

const segmentAnswer = (segment: Segment): unknown => ({
  ...segment,
  status: segment.weight + 1e-9 < defaultMethod.least ? 'insufficient' : segment.status,
});

const stanceAnswer = ({ lastSaid, contested, ...view }: StanceView): object => ({
  ...view,
  ...(view.statements === 0 ? { status: 'none' } : {}),
  contested: contested === null ? null : contestedAnswer(contested),
  lastSaidAt: lastSaid === null ? null : formatDay(lastSaid.latest),
});

const toDay = (date: string): Day => dayOf(Date.parse(`${date}T00:00:00Z`));

/** All histories that are known, with what their statements point at and take back. */
const historiesIn = (known: Known): ((name: HistoryName) => History) => {
  const survivors = survivorsIn(known);
  const statements = countingIn(known).map(([id, { content, recordedAt }]) => ({
    name: { holder: survivors.of(content.holder), proposition: content.proposition },
    statement: toKnownStatement(id, recordedAt, content, survivors.of),
  }));
  const byHistory = Map.groupBy(statements, ({ name }) => historyId(name));
  const grounded = groundHistories(
    new Map(
      [...byHistory].map(([id, some]) => [
        id,
        {
          statements: some.map(({ statement }) => statement),
          disownings: statements
            .filter(({ name, statement }) => statement.disowns !== null && name.holder === some[0]?.name.holder)
            .map(({ statement }) => statement),
        },
      ]),
    ),
    defaultMethod,
  );
  return ({ holder, proposition }) =>
    foldHistory(grounded.get(historyId({ holder: survivors.of(holder), proposition })) ?? [], defaultMethod);
};

const conditionalAnswer = (history: History, day: Day | undefined): unknown[] =>
  history.conditional.flatMap((one) => {
    const { direction, status, since, statements } = stanceAt(one, day);
    return statements === 0 ? [] : [{ condition: one.condition, direction, status, since }];
  });

/** What follows from the holder's stances on related propositions. */
const impliedAnswer = (
  known: Known,
  historyOf: (name: HistoryName) => History,
  { holder, proposition }: HistoryName,
  day: Day | undefined,
): unknown[] => {
  const touching = (one: string) => known.relations.filter(({ from, to }) => from === one || to === one);
  return implicationsFor(proposition, touching)
    .toSorted((a, b) => a.distance - b.distance || (a.proposition < b.proposition ? -1 : 1))
    .flatMap((one) => {
      const { direction, status } = stanceAt(historyOf({ holder, proposition: one.proposition }), day);
      if (status === 'insufficient' || direction !== one.given) return [];
      return [{ direction: one.implied, status, proposition: one.proposition }];
    });
};

/** Answers from the rules alone: folds what was known of the holder and the proposition. */
export const askDomain =
  ({ given }: Case) =>
  ({ holder, proposition, at, knownAt }: Question): Answer => {
    const known = nothingKnown();
    for (const step of given) if (knownAt === undefined || step.recorded <= knownAt) learn(known, step);
    const historyOf = historiesIn(known);
    const history = historyOf({ holder, proposition });
    const day = at === undefined ? undefined : toDay(at);
    return written({
      stance: {
        ...stanceAnswer(stanceAt(history, day)),
        conditional: conditionalAnswer(history, day),
        implied: impliedAnswer(known, historyOf, { holder, proposition }, day),
      },
      changes: history.changes,
      segments: history.segments.map(segmentAnswer),
      contested: disputesOf(history).map(disputeAnswer),
      saysAndDoes: sidesAnswer(history),
      statements: Object.fromEntries(
        history.placed.map(({ statement, day, ...placed }) => [
          statement.id,
          { direction: statement.direction, placedAt: formatDay(day), ...placed },
        ]),
      ),
    }) as Answer;
  };
