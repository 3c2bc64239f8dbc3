import { dayOf, defaultMethod, foldHistory, formatDay, stanceAt, toKnownStatement } from '@stance/domain';
import type { Day, History, Segment, StanceView } from '@stance/domain';

import type { Case, Question } from '../format/case.ts';
import { countingFor, learn, nothingKnown } from '../format/known.ts';
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

const contestedAnswer = ({ day, ...moment }: History['contested'][number]): unknown => ({ at: day, ...moment });

const segmentAnswer = (segment: Segment): unknown => ({
  ...segment,
  status: segment.weight + 1e-9 < defaultMethod.least ? 'insufficient' : segment.status,
});

const stanceAnswer = ({ lastSaid, contested, ...view }: StanceView): unknown =>
  view.statements === 0
    ? { status: 'none' }
    : {
        ...view,
        contested: contested === null ? null : contestedAnswer(contested),
        lastSaidAt: lastSaid === null ? null : formatDay(lastSaid.latest),
      };

const toDay = (date: string): Day => dayOf(Date.parse(`${date}T00:00:00Z`));

/** Answers from the rules alone: folds what was known of the holder and the proposition. */
export const askDomain =
  ({ given }: Case) =>
  ({ holder, proposition, at, knownAt }: Question): Answer => {
    const known = nothingKnown();
    for (const step of given) if (knownAt === undefined || step.recorded <= knownAt) learn(known, step);
    const history = foldHistory(
      countingFor(known, holder, proposition).map(([id, { content, recordedAt }]) =>
        toKnownStatement(id, recordedAt, content),
      ),
      defaultMethod,
    );
    return written({
      stance: stanceAnswer(stanceAt(history, at === undefined ? undefined : toDay(at))),
      changes: history.changes,
      segments: history.segments.map(segmentAnswer),
      contested: history.contested.map(contestedAnswer),
      statements: Object.fromEntries(
        history.placed.map(({ statement, day, ...placed }) => [
          statement.id,
          { direction: statement.direction, placedAt: formatDay(day), ...placed },
        ]),
      ),
    }) as Answer;
  };
