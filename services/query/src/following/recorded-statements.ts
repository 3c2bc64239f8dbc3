import type { StatementContent, StatementDetail } from '@stance/contracts';
import { holderOf, knownMerges, propositionOf } from '@stance/read-model';
import type { ReadModel, RetractionRow, Snapshot, StatementRetractionRow, StatementRow } from '@stance/read-model';

import { readPropositionVersions } from '../answers/proposition-versions.ts';
import { statementDetail } from '../answers/statement-answer.ts';
import { disownedStatements } from '../disowned-statements.ts';
import type { Progress } from '../query-options.ts';
import { unknownEpoch } from './stream-source.ts';
import type { StreamEntry, StreamPage, StreamRange, StreamSource } from './stream-source.ts';

/** How many events are read at a time. */
const eventsAPage = 200;

export type StatementEventName = 'StatementMade' | 'StatementCorrected' | 'StatementRetracted';

/** What happened to a statement; `json` is the statement as it was known from then on. */
export interface StatementEntry extends StreamEntry {
  readonly name: StatementEventName;
  /** With whom it was recorded. */
  readonly holder: string;
  readonly proposition: string;
}

interface Happened {
  readonly position: number;
  readonly id: string;
  /** `replaced`: another statement was recorded in its place. */
  readonly by: 'version' | 'retraction' | 'replaced';
  readonly retraction: RetractionRow | null;
}

const contentOf = ({ body }: StatementRow): StatementContent => JSON.parse(body) as StatementContent;

const happenedBy = (row: StatementRow): Happened[] => {
  const { position, id } = row;
  const made = { position, id, by: 'version', retraction: null } as const;
  const { replaces } = contentOf(row);
  return row.revision > 0 || replaces === undefined ? [made] : [{ ...made, id: replaces, by: 'replaced' }, made];
};

const retractedBy = ({ id, ...retraction }: StatementRetractionRow): Happened => {
  const { position } = retraction;
  return { position, id, by: 'retraction', retraction };
};

/** The first events of a part of the log, and up to where they are all that there are. */
const firstOf = (
  made: readonly StatementRow[],
  retracted: readonly StatementRetractionRow[],
  upTo: number,
): { readonly happened: readonly Happened[]; readonly upTo: number } => {
  const ends = [made, retracted].flatMap((rows) => (rows.length < eventsAPage ? [] : [rows.at(-1)?.position ?? upTo]));
  const end = Math.min(upTo, ...ends);
  const happened = [...made.flatMap(happenedBy), ...retracted.map(retractedBy)];
  return {
    happened: happened.filter(({ position }) => position <= end).sort((a, b) => a.position - b.position),
    upTo: end,
  };
};

interface Gathered {
  readonly position: number;
  readonly resumeAfter: number;
  readonly name: StatementEventName;
  readonly row: StatementRow;
  readonly holder: string;
  readonly proposition: string;
  readonly detail: (disowning: Awaited<ReturnType<typeof disownedStatements>>) => Omit<StatementDetail, 'knownAt'>;
}

/** All that is needed to tell what happened, each event as of its own position: whatever comes later changes nothing. */
const gather = async (snapshot: Snapshot, happened: readonly Happened[]): Promise<Gathered[]> => {
  const ids = [...new Set(happened.map(({ id }) => id))];
  const versions = Map.groupBy(await snapshot.versionsOf(ids), ({ id }) => id);
  const rows = [...versions.values()].flat();
  const versionOf = await readPropositionVersions(snapshot, rows);
  const holders = await snapshot.actorIds([...new Set(rows.map(({ history }) => holderOf(history)))]);
  const propositions = await snapshot.propositionIds([...new Set(rows.map(({ history }) => propositionOf(history)))]);
  const replaced = await snapshot.replacements(ids, snapshot.checkpoint.position);

  const gathered: Gathered[] = [];
  for (const { position, id, by, retraction } of happened) {
    const known = (versions.get(id) ?? []).filter((version) => version.position <= position);
    const row = known.at(-1);
    if (row === undefined) continue;
    // One that was taken out before, or came after the one in its place, counted for nothing already.
    if (by === 'replaced' && (row.knownTo !== position || row.position === position)) continue;
    const replacedBy = replaced.has(id) ? ((await snapshot.replacements([id], position)).get(id) ?? []) : [];
    gathered.push({
      position,
      name: by !== 'version' ? 'StatementRetracted' : row.revision === 0 ? 'StatementMade' : 'StatementCorrected',
      // The statement in its place is told at the same position: who has only this one, has to be told both again.
      resumeAfter: by === 'replaced' ? position - 1 : position,
      row,
      holder: holders.get(holderOf(row.history)) ?? '',
      proposition: propositions.get(propositionOf(row.history)) ?? '',
      detail: (disowning) => {
        const history = { versions: known, retraction, replacedBy, versionOf, disowning, knownAt: position };
        return statementDetail(history) as Omit<StatementDetail, 'knownAt'>;
      },
    });
  }
  return gathered;
};

/** Statements, corrections and retractions at the positions of the log, as far as the projection has passed it. */
export const createRecordedStatements = (
  readModel: ReadModel,
  progress: Pick<Progress, 'head' | 'logId'>,
): StreamSource<StatementEntry> => {
  const write = async ({ row, detail, ...entry }: Gathered): Promise<StatementEntry> => {
    const { position, name } = entry;
    const disowns = name !== 'StatementRetracted' && contentOf(row).act === 'disown';
    const disowning = disowns ? await disownedStatements(readModel, row, position) : null;
    return { ...entry, json: JSON.stringify({ ...detail(disowning), knownAt: position }) };
  };

  const pageOf = async (
    after: number,
    find: (snapshot: Snapshot) => Promise<{ readonly happened: readonly Happened[]; readonly upTo: number }>,
  ): Promise<StreamPage<StatementEntry>> => {
    const { gathered, upTo } = await readModel.read(async (snapshot) => {
      const found = await find(snapshot);
      return { gathered: await gather(snapshot, found.happened), upTo: found.upTo };
    });
    const entries: StatementEntry[] = [];
    for (const each of gathered) entries.push(await write(each));
    return { after, upTo, entries };
  };

  return {
    async look() {
      const visible = await readModel.read((snapshot) => Promise.resolve(snapshot.checkpoint.position));
      return { epoch: (await progress.logId()) ?? unknownEpoch, visible };
    },
    end: async () => progress.head(),
    merges: () => knownMerges(readModel),
    read: ({ after, upTo }: StreamRange) =>
      pageOf(after, async (snapshot) => {
        // Of a read model that is being made anew, no more is there than it has passed.
        const range = { after, upTo: Math.min(upTo, snapshot.checkpoint.position), limit: eventsAPage };
        if (range.upTo <= after) return { happened: [], upTo: after };
        return firstOf(await snapshot.versionsMade(range), await snapshot.retractionsMade(range), range.upTo);
      }),
    readCurrent: ({ after, upTo }: StreamRange) =>
      pageOf(after, async (snapshot) => {
        const { position } = snapshot.checkpoint;
        if (position < upTo) return { happened: [], upTo: after };
        const found = await snapshot.statements({
          knownAt: position,
          holders: null,
          proposition: null,
          from: null,
          to: null,
          at: null,
          after: { history: 0, position: after },
          limit: eventsAPage,
        });
        const rows = found.filter((row) => row.position <= upTo);
        const isWhole = found.length < eventsAPage || rows.length < found.length;
        return { happened: firstOf(rows, [], upTo).happened, upTo: isWhole ? upTo : (rows.at(-1)?.position ?? upTo) };
      }),
  };
};
