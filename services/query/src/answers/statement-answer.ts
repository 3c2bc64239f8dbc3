import type {
  DisowningAnswer,
  HistoryStatementAnswer,
  StatementAnswer,
  StatementContent,
  StatementDetail,
  StatementVersionAnswer,
} from '@stance/contracts';
import { daysOf } from '@stance/domain';
import type { PlacedStatement } from '@stance/domain';
import type { RetractionRow, StatementRow } from '@stance/read-model';

import { dateAnswer, dayAnswer } from '../dates.ts';
import { groundAnswer } from './ground-answer.ts';
import { shownStatement } from './materials.ts';
import type { ShownStatement } from './materials.ts';
import type { PropositionVersions } from './proposition-versions.ts';

const dateOf = (text: string) => dateAnswer(text, daysOf(text));

const sourceAnswer = ({ publishedAt, ...source }: NonNullable<StatementContent['source']>) => ({
  ...source,
  ...(publishedAt === undefined ? {} : { publishedAt: dateOf(publishedAt) }),
});

/** What a version says, and when it was recorded. */
const versionAnswer = ({ row, content, saidAt, assumed }: ShownStatement) => {
  const { heldSince, source, speaker, saidAt: _said, ...rest } = content;
  return {
    revision: row.revision,
    position: row.position,
    recordedAt: new Date(row.recordedAt).toISOString(),
    ...rest,
    saidAt,
    ...(assumed ? { saidAtAssumed: true as const } : {}),
    ...(heldSince === undefined ? {} : { heldSince: dateOf(heldSince) }),
    speaker: speaker ?? content.holder,
    ...(source === undefined ? {} : { source: sourceAnswer(source) }),
  };
};

export const statementAnswer = (statement: ShownStatement, replacedBy: readonly string[] = []): StatementAnswer => ({
  id: statement.row.id,
  state: statement.row.revision === 0 ? 'active' : 'corrected',
  ...versionAnswer(statement),
  ...(statement.propositionVersion === undefined ? {} : { propositionVersion: statement.propositionVersion }),
  ...(replacedBy.length === 0 ? {} : { replacedBy: [...replacedBy] }),
});

export const historyStatementAnswer = (statement: ShownStatement, placed: PlacedStatement): HistoryStatementAnswer => ({
  ...statementAnswer(statement),
  weight: placed.weight,
  role: placed.role,
  placedAt: dayAnswer(placed.day),
  reaffirmation: placed.reaffirmation,
  contested: placed.contested,
  vague: placed.vague,
  ...(placed.statement.ground === null ? {} : { ground: groundAnswer(placed.statement.ground) }),
  ...(placed.statement.disownedBy === null ? {} : { disownedBy: placed.statement.disownedBy.id }),
});

type EndedBy = NonNullable<StatementVersionAnswer['ended']>['by'];

const endOf = ({ knownTo, endedBy }: StatementRow, knownAt: number): StatementVersionAnswer['ended'] =>
  knownTo === null || knownTo > knownAt ? undefined : { by: endedBy as EndedBy, position: knownTo };

const stateOf = (last: StatementRow, retraction: RetractionRow | null, knownAt: number): StatementDetail['state'] => {
  if (retraction !== null) return 'retracted';
  const end = endOf(last, knownAt);
  if (end !== undefined) return end.by;
  return last.revision === 0 ? 'active' : 'corrected';
};

export interface StatementHistory {
  /** In order; not empty. */
  readonly versions: readonly StatementRow[];
  readonly retraction: RetractionRow | null;
  readonly replacedBy: readonly string[];
  readonly versionOf: PropositionVersions;
  readonly disowning: DisowningAnswer | null;
  readonly knownAt: number;
}

/** `null` where there is no version. */
export const statementDetail = ({
  versions,
  retraction,
  replacedBy,
  versionOf,
  disowning,
  knownAt,
}: StatementHistory): Omit<StatementDetail, 'knownAt'> | null => {
  const last = versions.at(-1);
  if (last === undefined) return null;
  return {
    ...statementAnswer(shownStatement(last, versionOf(last)), replacedBy),
    state: stateOf(last, retraction, knownAt),
    ...(disowning === null ? {} : { disowning }),
    versions: versions.map((row) => {
      const ended = endOf(row, knownAt);
      return {
        ...versionAnswer(shownStatement(row)),
        ...(row.reason === null ? {} : { reason: row.reason }),
        ...(ended === undefined ? {} : { ended }),
      };
    }),
    ...(retraction === null
      ? {}
      : { retraction: { ...retraction, recordedAt: new Date(retraction.recordedAt).toISOString() } }),
  };
};
