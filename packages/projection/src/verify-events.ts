import { decodeEvent } from '@stance/contracts';
import type { StanceEvent } from '@stance/contracts';
import type { StoredEvent } from '@stance/event-store';
import type { TableRowsReader } from '@stance/read-model';

import type { ComparedTable } from './compare-rows.ts';

import type { ProjectedLog } from './projection.ts';
import { createRowsDigest } from './rows-digest.ts';
import type { RowsDigest } from './rows-digest.ts';

/** How many events of a type there are, and what they say, in the log and in the rows that were made of them. */
export interface VerifiedType {
  readonly type: string;
  readonly log: RowsDigest;
  readonly rows: RowsDigest;
}

/** An event that the rows do not have, or have otherwise, or a row without an event. */
export interface EventDifference {
  readonly position: number;
  readonly type: string;
  readonly log: string | null;
  readonly rows: string | null;
}

export interface VerifiedEvents {
  readonly equal: boolean;
  readonly types: readonly VerifiedType[];
  /** How many events are parked, and how many count for nothing. */
  readonly parked: number;
  readonly skipped: number;
  /** The first one along the log; `null` where there is none. */
  readonly firstDifference: EventDifference | null;
}

export interface VerifyEventsOptions {
  readonly source: Pick<ProjectedLog, 'readAll'>;
  /** One state of the read model. */
  readonly rows: TableRowsReader;
  readonly onProgress?: (position: number) => void;
  readonly signal?: AbortSignal;
}

const eventsPerPage = 1000;

/** A value as JSON that does not depend on the order in which its parts were written. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** What an event says, as far as a row of its own says the same; `null` where it has no row of its own. */
const saidBy = ({ type, data, revision }: StanceEvent): string | null => {
  switch (type) {
    case 'StatementMade':
    case 'StatementCorrected': {
      const { holder, proposition } = data.statement;
      return canonical([data.statementId, revision, holder, proposition, data.statement]);
    }
    case 'StatementRetracted':
      return canonical([data.statementId, revision, data.reason]);
    case 'ActorRegistered':
    case 'ActorRevised':
    case 'ActorAliasAdded':
      return canonical([data.actorId, revision]);
    case 'PropositionDefined':
    case 'PropositionRevised':
      return canonical([data.propositionId, revision, data.text]);
    case 'ActorMerged':
      return canonical([data.actorId, data.into]);
    case 'MembershipRecorded':
      return canonical([data.actorId, data.group]);
    case 'PropositionRelated':
      return canonical([data.from, data.type, data.to]);
    case 'TopicDefined':
      return canonical([data.topicId, data.name]);
    default:
      return null;
  }
};

type Columns = readonly (string | number | null)[];

/** What a row says of the event at its position, of each table whose rows are of one event each. */
const saidIn: { readonly [Table in ComparedTable]?: (columns: Columns) => string } = {
  retractions: ([, id, revision, , reason]) => canonical([id, revision, reason]),
  actor_versions: ([, actor, revision]) => canonical([actor, revision]),
  proposition_versions: ([, proposition, revision, , text]) => canonical([proposition, revision, text]),
  merges: ([, actor, into]) => canonical([actor, into]),
  memberships: ([, actor, group]) => canonical([actor, group]),
  relations: ([, from, type, to]) => canonical([from, type, to]),
  topics: ([, topic, name]) => canonical([topic, name]),
};

const saidInStatement = ([, id, revision, holder, proposition, ...more]: Columns): string =>
  canonical([id, revision, holder, proposition, JSON.parse(String(more.at(-1)))]);

const columnsOf = (row: string): Columns => JSON.parse(row) as Columns;

const positionsIn = async (rows: TableRowsReader, table: ComparedTable): Promise<Set<number>> => {
  const positions = new Set<number>();
  for await (const row of rows.rows(table)) positions.add(Number(columnsOf(row)[0]));
  return positions;
};

/** Rows that are few, by the position of their event. */
const fewRows = async (rows: TableRowsReader): Promise<Map<number, string>> => {
  const said = new Map<number, string>();
  for (const [table, read] of Object.entries(saidIn)) {
    // The keys are names of tables.
    for await (const row of rows.rows(table as ComparedTable)) {
      const columns = columnsOf(row);
      said.set(Number(columns[0]), read(columns));
    }
  }
  return said;
};

const decoded = (stored: StoredEvent): StanceEvent | null => {
  try {
    return decodeEvent(stored);
  } catch {
    // Its stream is parked: of that there is a row.
    return null;
  }
};

/**
 * Reads the log along a read model, up to where that is, and compares each event with the row that was made of it: how many of
 * each type there are, and what they say. Holds the rows of the registry in memory, and the positions of what is parked.
 *
 * @throws ReadModelError, EventStoreError
 */
export const verifyEvents = async (options: VerifyEventsOptions): Promise<VerifiedEvents> => {
  const { source, rows, onProgress, signal } = options;
  const upTo = rows.checkpoint.position;
  const parked = await positionsIn(rows, 'parked');
  const skipped = await positionsIn(rows, 'skipped');
  const few = await fewRows(rows);
  const types = new Map<
    string,
    { log: ReturnType<typeof createRowsDigest>; rows: ReturnType<typeof createRowsDigest> }
  >();
  let firstDifference: EventDifference | null = null;

  const note = (position: number, type: string, log: string | null, row: string | null): void => {
    let digests = types.get(type);
    if (digests === undefined) types.set(type, (digests = { log: createRowsDigest(), rows: createRowsDigest() }));
    if (log !== null) digests.log.add(`${String(position)} ${log}`);
    if (row !== null) digests.rows.add(`${String(position)} ${row}`);
    if (log !== row) firstDifference ??= { position, type, log, rows: row };
  };

  const statements = rows.rows('statements')[Symbol.asyncIterator]();
  let ahead: { readonly position: number; readonly said: string } | null = null;
  const next = async (): Promise<void> => {
    const read: IteratorResult<string, undefined> = await statements.next();
    if (read.done === true) ahead = null;
    else {
      const columns = columnsOf(read.value);
      ahead = { position: Number(columns[0]), said: saidInStatement(columns) };
    }
  };
  /** What the rows say at a position; rows before it, which stand where no event does, are told. */
  const rowAt = async (position: number): Promise<string | null> => {
    while (ahead !== null && ahead.position < position) {
      note(ahead.position, 'a statement without an event', null, ahead.said);
      await next();
    }
    const found = few.get(position);
    if (found !== undefined) {
      few.delete(position);
      return found;
    }
    if (ahead?.position !== position) return null;
    const { said } = ahead;
    await next();
    return said;
  };

  try {
    await next();
    for (let after = 0; after < upTo;) {
      signal?.throwIfAborted();
      const page = await source.readAll({ after, limit: eventsPerPage });
      if (page.position === after) break;
      for (const stored of page.events) {
        const { position } = stored;
        if (position > upTo) break;
        if (parked.has(position) || skipped.has(position)) continue;
        const event = decoded(stored);
        const log = event === null ? 'what cannot be read, and is not parked' : saidBy(event);
        note(position, stored.type, log ?? '', log === null ? '' : await rowAt(position));
      }
      after = page.position;
      onProgress?.(Math.min(after, upTo));
    }
    await rowAt(Number.POSITIVE_INFINITY);
    for (const [position, said] of [...few].sort(([a], [b]) => a - b))
      note(position, 'a row without an event', null, said);
  } finally {
    await statements.return?.();
  }
  return {
    equal: firstDifference === null,
    types: [...types]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, { log, rows: made }]) => ({
        type,
        log: log.result(),
        rows: made.result(),
      })),
    parked: parked.size,
    skipped: skipped.size,
    firstDifference,
  };
};
