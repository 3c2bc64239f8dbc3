import type { Database } from 'better-sqlite3';

import { knownSpans } from '../statement-spans.ts';
import type { SpanRow } from '../statement-spans.ts';
import { historyKey, holderOf, propositionOf } from '../tables.ts';
import type {
  ActorState,
  ChangeRow,
  HistoryIds,
  HistoryState,
  KnownVersion,
  MembershipState,
  MergeSpan,
  MergeState,
  ParkedState,
  Pointer,
  PropositionState,
  SkipState,
  StatementSpans,
  StatementState,
} from '../writer.ts';

interface NamedRow {
  no: number;
  position: number | null;
  revision: number;
  body: string;
}

interface StatementRow {
  id: string;
  firstPosition: number;
  position: number;
  revision: number;
  retracted: number | null;
  history: number;
  knownTo: number | null;
}

// A parameter that stands alone in a comparison would make SQLite (built with STAT4) plan such a query anew at every call:
// `+?` is the same value, and keeps the plan.
const lastActor = `SELECT a.no, v.position, v.revision, v.body FROM actors a
  LEFT JOIN actor_versions v ON v.actor = a.no AND v.known_to IS NULL WHERE a.id = +?`;
const lastProposition = `SELECT p.no, v.position, v.revision, v.body FROM propositions p
  LEFT JOIN proposition_versions v ON v.proposition = p.no AND v.known_to IS NULL WHERE p.id = +?`;
const lastStatement = `SELECT s.id, s.position, s.revision, s.history, s.known_to AS knownTo,
    (SELECT f.position FROM statements f WHERE f.id = s.id AND f.revision = 0) AS firstPosition,
    (SELECT max(r.revision) FROM retractions r WHERE r.id = s.id) AS retracted
  FROM statements s`;

const knownVersion = `SELECT s.id, s.position, s.recorded_at AS recordedAt, s.body, CASE s.revision WHEN 0 THEN s.position
    ELSE (SELECT f.position FROM statements f WHERE f.id = s.id AND f.revision = 0) END AS firstPosition
  FROM statements s`;

interface MergeRow extends Omit<MergeState, 'ids'> {
  actorId: string;
  intoId: string;
}

const statementState = (row: StatementRow): StatementState => ({
  firstPosition: row.firstPosition,
  position: row.position,
  revision: Math.max(row.revision, row.retracted ?? 0),
  history: row.history,
  known: row.knownTo === null,
  retracted: row.retracted !== null,
});

/** What the writer looks up, as prepared statements on an open database. */
export const createLookups = (db: Database) => {
  const actor = db.prepare<[string], NamedRow>(lastActor);
  const proposition = db.prepare<[string], NamedRow>(lastProposition);
  const statement = db.prepare<[string], StatementRow>(
    `${lastStatement} WHERE s.id = +? ORDER BY s.revision DESC LIMIT 1`,
  );
  const statementAt = db.prepare<[number], StatementRow>(`${lastStatement} WHERE s.position = +?`);
  const replaced = db.prepare('SELECT 1 FROM replacements WHERE replaced = +? LIMIT 1').pluck();
  const history = db.prepare<[number], HistoryState>(
    `SELECT no, first_position AS firstPosition, last_position AS lastPosition, tail, failure FROM histories WHERE history = +?`,
  );
  const names = db.prepare<[number], { position: number; at: number }>(
    'SELECT position, at FROM actor_names WHERE actor = +? AND known_to IS NULL',
  );
  const versions = db.prepare<[number], KnownVersion>(
    `${knownVersion} WHERE s.history = +? AND s.known_to IS NULL ORDER BY s.position`,
  );
  const disownings = db.prepare<[number], KnownVersion>(
    `${knownVersion} JOIN disownings d ON d.position = s.position
     WHERE d.actor = +? AND s.known_to IS NULL ORDER BY s.position`,
  );
  const historiesOf = db
    .prepare<[number, number], number>(
      'SELECT history FROM histories WHERE history >= +? AND history < +? ORDER BY history',
    )
    .pluck();
  const historiesAbout = db
    .prepare<[number], number>('SELECT history FROM histories WHERE proposition = +? ORDER BY history')
    .pluck();
  const historyNames = db.prepare<{ actor: number; proposition: number }, HistoryIds>(
    'SELECT a.id AS holder, p.id AS proposition FROM actors a, propositions p WHERE a.no = :actor AND p.no = :proposition',
  );
  const spokenIn = db.prepare<[number], number>('SELECT history FROM voices WHERE actor = +?').pluck();
  const pointers = db.prepare<[], Pointer>('SELECT position, history, target, said_to AS saidTo FROM pointers');
  const disowners = db.prepare<[], number>('SELECT DISTINCT actor FROM disownings').pluck();
  const applied = db.prepare<[string], number>('SELECT revision FROM applied_streams WHERE stream = +?').pluck();
  const merges = db.prepare<[], MergeRow>(
    `SELECT m.position, m.actor, m.into_actor AS "into", a.id AS actorId, i.id AS intoId FROM merges m
     JOIN actors a ON a.no = m.actor JOIN actors i ON i.no = m.into_actor WHERE m.known_to IS NULL ORDER BY m.position`,
  );
  const memberships = db.prepare<[number], MembershipState>(
    `SELECT position, actor, group_no AS "group", role, valid_from AS validFrom FROM memberships
     WHERE actor = +? AND known_to IS NULL`,
  );
  const topic = db.prepare<[string], number>('SELECT position FROM topics WHERE id = +? AND known_to IS NULL').pluck();
  const parkedEvents = db.prepare<[string], ParkedState>(
    `SELECT position, revision, event_id AS eventId, type, code, message, history, recorded_at AS recordedAt FROM parked
     WHERE stream = +? ORDER BY revision`,
  );
  const skips = db.prepare<[], Omit<SkipState, 'wholeStream'> & { wholeStream: number }>(
    `SELECT stream, max(revision) AS revision, max(whole_stream) AS wholeStream FROM skipped GROUP BY stream`,
  );
  const mergeSpans = db.prepare<[], MergeSpan>(
    'SELECT position, actor, into_actor AS "into", known_to AS knownTo FROM merges ORDER BY position',
  );
  const spans = db.prepare<[string], SpanRow>(
    'SELECT id, position, known_to AS knownTo, ended_by AS endedBy FROM statements WHERE id = +? ORDER BY revision',
  );
  const retractedAt = db
    .prepare<[string], number | null>('SELECT min(position) FROM retractions WHERE id = +?')
    .pluck();
  const replacedAt = db
    .prepare<[string], number | null>('SELECT min(position) FROM replacements WHERE replaced = +?')
    .pluck();
  const beginnings = db.prepare<{ from: number; to: number }, { history: number; position: number }>(
    `SELECT history, min(position) AS position FROM (
       SELECT history, min(position) AS position FROM statements WHERE history >= $from AND history < $to GROUP BY history
       UNION ALL
       SELECT history, position FROM parked WHERE history >= $from AND history < $to
       UNION ALL
       SELECT history, position FROM skipped WHERE history >= $from AND history < $to
     ) GROUP BY history`,
  );
  const unfolded = db
    .prepare<[], number>(
      `SELECT history FROM histories WHERE tail = ''
       UNION SELECT history FROM changes WHERE history NOT IN (SELECT history FROM histories)`,
    )
    .pluck();
  const changes = db.prepare<[number], ChangeRow>(
    'SELECT history, track, opened, day, kind, status, body FROM changes WHERE history = +? ORDER BY track, opened',
  );

  return {
    actors: (ids: readonly string[]): Map<string, ActorState> => {
      const found = new Map<string, ActorState>();
      for (const id of ids) {
        const row = actor.get(id);
        if (row === undefined) continue;
        const { no, position, revision, body } = row;
        found.set(id, { no, version: position === null ? null : { position, revision, body } });
      }
      return found;
    },
    propositions: (ids: readonly string[]): Map<string, PropositionState> => {
      const found = new Map<string, PropositionState>();
      for (const id of ids) {
        const row = proposition.get(id);
        if (row === undefined) continue;
        const { no, position, revision, body } = row;
        found.set(id, { no, version: position === null ? null : { position, revision, body } });
      }
      return found;
    },
    statements: (ids: readonly string[]): Map<string, StatementState> => {
      const found = new Map<string, StatementState>();
      for (const id of ids) {
        const row = statement.get(id);
        if (row !== undefined) found.set(id, statementState(row));
      }
      return found;
    },
    /** The state after the version at each position, by the statement's id. */
    statementsAt: (positions: readonly number[]): Map<string, StatementState> => {
      const found = new Map<string, StatementState>();
      for (const position of positions) {
        const row = statementAt.get(position);
        if (row !== undefined) found.set(row.id, statementState(row));
      }
      return found;
    },
    replaced: (ids: readonly string[]): Set<string> => new Set(ids.filter((id) => replaced.get(id) !== undefined)),
    histories: (keys: readonly number[]): Map<number, HistoryState> => {
      const found = new Map<number, HistoryState>();
      for (const key of keys) {
        const row = history.get(key);
        if (row !== undefined) found.set(key, row);
      }
      return found;
    },
    appliedRevision: (stream: string): number => applied.get(stream) ?? -1,
    merges: (): MergeState[] =>
      merges.all().map(({ actorId, intoId, ...row }) => ({ ...row, ids: { actor: actorId, into: intoId } })),
    parkedEvents: (stream: string): ParkedState[] => parkedEvents.all(stream),
    skips: (): SkipState[] => skips.all().map((skip) => ({ ...skip, wholeStream: skip.wholeStream === 1 })),
    mergeSpans: (): MergeSpan[] => mergeSpans.all(),
    statementSpans: (ids: readonly string[]): Map<string, StatementSpans> =>
      knownSpans(
        ids,
        ids.flatMap((id) => spans.all(id)),
        new Map(ids.map((id) => [id, retractedAt.get(id) ?? null])),
        new Map(ids.map((id) => [id, replacedAt.get(id) ?? null])),
      ),
    beginnings: (actors: readonly number[]): Map<number, number> => {
      const found = new Map<number, number>();
      for (const actor of actors) {
        const rows = beginnings.all({ from: historyKey(actor, 0), to: historyKey(actor + 1, 0) });
        for (const { history: key, position } of rows) found.set(key, position);
      }
      return found;
    },
    memberships: (actors: readonly number[]): MembershipState[] => actors.flatMap((actor) => memberships.all(actor)),
    topics: (ids: readonly string[]): Map<string, number> => {
      const found = new Map<string, number>();
      for (const id of ids) {
        const position = topic.get(id);
        if (position !== undefined) found.set(id, position);
      }
      return found;
    },
    historiesOf: (actors: readonly number[]): number[] =>
      actors.flatMap((actor) => historiesOf.all(historyKey(actor, 0), historyKey(actor + 1, 0))),
    historiesAbout: (proposition: number): number[] => historiesAbout.all(proposition),
    historyNames: (keys: readonly number[]): Map<number, HistoryIds> => {
      const found = new Map<number, HistoryIds>();
      for (const key of keys) {
        const ids = historyNames.get({ actor: holderOf(key), proposition: propositionOf(key) });
        if (ids !== undefined) found.set(key, ids);
      }
      return found;
    },
    spokenIn: (actors: readonly number[]): number[] => actors.flatMap((actor) => spokenIn.all(actor)),
    pointers: (): Pointer[] => pointers.all(),
    disowners: (): number[] => disowners.all(),
    disownings: (actors: readonly number[]): KnownVersion[] => actors.flatMap((actor) => disownings.all(actor)),
    knownNames: (no: number) => names.all(no),
    knownVersions: (key: number): KnownVersion[] => versions.all(key),
    changes: (key: number): ChangeRow[] => changes.all(key),
    unfolded: (): number[] => unfolded.all(),
  };
};

export type Lookups = ReturnType<typeof createLookups>;
