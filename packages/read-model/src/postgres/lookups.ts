import { arrayText } from '@stance/postgres';
import type { Connection } from '@stance/postgres';

import { knownSpans } from '../statement-spans.ts';
import type { SpanRow } from '../statement-spans.ts';
import { historyKey } from '../tables.ts';
import type {
  ActorState,
  ChangeRow,
  EventName,
  HistoryIds,
  HistoryState,
  KnownVersion,
  MembershipState,
  MergeSpan,
  MergeState,
  ParkedState,
  Pointer,
  PropositionState,
  ReadModelWriter,
  SkipState,
  StatementState,
} from '../writer.ts';

interface NamedRow {
  readonly id: string;
  readonly no: number;
  readonly position: number | null;
  readonly revision: number;
  readonly body: string;
}

interface StatementRow extends Omit<StatementState, 'known' | 'retracted'> {
  readonly id: string;
  readonly retracted: number | null;
  readonly knownTo: number | null;
}

interface MergeRow extends Omit<MergeState, 'ids'> {
  readonly actorId: string;
  readonly intoId: string;
}

// In the order of the numbers asked for.
const asked = 'unnest($1::bigint[]) WITH ORDINALITY AS asked(no, at)';
const perHolder = String(historyKey(1, 0));
const firstPosition = '(SELECT f.position FROM statements f WHERE f.id = s.id AND f.revision = 0)';
const knownVersion = `SELECT s.id, s.position, s.recorded_at AS "recordedAt", s.body,
    CASE s.revision WHEN 0 THEN s.position ELSE ${firstPosition} END AS "firstPosition"`;
const historyColumns = `no, first_position AS "firstPosition", last_position AS "lastPosition", tail, failure`;

const namedState = ({ no, position, revision, body }: NamedRow): ActorState & PropositionState => ({
  no,
  version: position === null ? null : { position, revision, body },
});

const statementState = ({ id: _, knownTo, retracted, ...row }: StatementRow): StatementState => ({
  ...row,
  revision: Math.max(row.revision, retracted ?? 0),
  known: knownTo === null,
  retracted: retracted !== null,
});

/** What was found, in the order in which it was asked for. */
const inOrder = <Key, Found>(keys: readonly Key[], found: ReadonlyMap<Key, Found>): Map<Key, Found> => {
  const ordered = new Map<Key, Found>();
  for (const key of keys) {
    const value = found.get(key);
    if (value !== undefined) ordered.set(key, value);
  }
  return ordered;
};

type Lookups = Omit<ReadModelWriter, 'checkpoint' | 'commit' | 'close'>;

/** What the writer looks up, each in one query however many are asked for. */
export const createLookups = (
  use: <Result>(work: (connection: Connection) => Promise<Result>) => Promise<Result>,
): Lookups => {
  const all = <Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
    use(async (connection) => (await connection.query<Row>(text, values)).rows);

  const named = async (table: string, versions: string, of: string, ids: readonly string[]) => {
    const rows = await all<NamedRow>(
      `SELECT a.id, a.no, v.position, v.revision, v.body FROM ${table} a
       LEFT JOIN ${versions} v ON v.${of} = a.no AND v.known_to IS NULL WHERE a.id = ANY($1::text[])`,
      [arrayText(ids)],
    );
    return inOrder(ids, new Map(rows.map((row) => [row.id, namedState(row)])));
  };

  return {
    async lastEvent() {
      const [name] = await all<EventName>(
        `SELECT event_id AS id, event_stream AS stream, event_revision AS revision FROM checkpoint
         WHERE event_id IS NOT NULL`,
      );
      return name ?? null;
    },
    async numbers() {
      const [row] = await all<{ actors: number; propositions: number }>(
        `SELECT (SELECT coalesce(max(no), 0) FROM actors) AS actors,
           (SELECT coalesce(max(no), 0) FROM propositions) AS propositions`,
      );
      return row ?? { actors: 0, propositions: 0 };
    },
    async parkedStreams() {
      const rows = await all<{ stream: string }>('SELECT DISTINCT stream FROM parked ORDER BY stream');
      return rows.map(({ stream }) => stream);
    },
    parkedEvents: async (stream) => [
      ...(await all<ParkedState>(
        `SELECT position, revision, event_id AS "eventId", type, code, message, history, recorded_at AS "recordedAt" FROM parked
         WHERE stream = $1 ORDER BY revision`,
        [stream],
      )),
    ],
    async skips() {
      const rows = await all<Omit<SkipState, 'wholeStream'> & { wholeStream: number }>(
        `SELECT stream, max(revision) AS revision, max(whole_stream) AS "wholeStream" FROM skipped
         GROUP BY stream ORDER BY stream`,
      );
      return rows.map((skip) => ({ ...skip, wholeStream: skip.wholeStream === 1 }));
    },
    async appliedRevision(stream) {
      const rows = await all<{ revision: number }>('SELECT revision FROM applied_streams WHERE stream = $1', [stream]);
      return rows[0]?.revision ?? -1;
    },
    async merges() {
      const rows = await all<MergeRow>(
        `SELECT m.position, m.actor, m.into_actor AS "into", a.id AS "actorId", i.id AS "intoId" FROM merges m
         JOIN actors a ON a.no = m.actor JOIN actors i ON i.no = m.into_actor
         WHERE m.known_to IS NULL ORDER BY m.position`,
      );
      return rows.map(({ actorId, intoId, ...row }) => ({ ...row, ids: { actor: actorId, into: intoId } }));
    },
    mergeSpans: async () => [
      ...(await all<MergeSpan>(
        'SELECT position, actor, into_actor AS "into", known_to AS "knownTo" FROM merges ORDER BY position',
      )),
    ],
    memberships: async (actors) => [
      ...(await all<MembershipState>(
        `SELECT m.position, m.actor, m.group_no AS "group", m.role, m.valid_from AS "validFrom"
         FROM ${asked} JOIN memberships m ON m.actor = asked.no WHERE m.known_to IS NULL ORDER BY asked.at, m.position`,
        [actors],
      )),
    ],
    async topics(ids) {
      const rows = await all<{ id: string; position: number }>(
        'SELECT id, position FROM topics WHERE id = ANY($1) AND known_to IS NULL',
        [ids],
      );
      return inOrder(ids, new Map(rows.map(({ id, position }) => [id, position])));
    },
    actors: (ids) => named('actors', 'actor_versions', 'actor', ids),
    propositions: (ids) => named('propositions', 'proposition_versions', 'proposition', ids),
    async statements(ids) {
      const rows = await all<StatementRow>(
        `SELECT DISTINCT ON (s.id) s.id, s.position, s.revision, s.history, s.known_to AS "knownTo",
           ${firstPosition} AS "firstPosition",
           (SELECT max(r.revision) FROM retractions r WHERE r.id = s.id) AS retracted
         FROM statements s WHERE s.id = ANY($1::text[]) ORDER BY s.id, s.revision DESC`,
        [arrayText(ids)],
      );
      return inOrder(ids, new Map(rows.map((row) => [row.id, statementState(row)])));
    },
    async replaced(ids) {
      const rows = await all<{ id: string }>(
        'SELECT DISTINCT replaced AS id FROM replacements WHERE replaced = ANY($1::text[])',
        [arrayText(ids)],
      );
      return new Set(rows.map(({ id }) => id));
    },
    async histories(keys) {
      const rows = await all<HistoryState & { history: number }>(
        `SELECT history, ${historyColumns} FROM histories WHERE history = ANY($1::bigint[])`,
        [arrayText(keys)],
      );
      return inOrder(keys, new Map(rows.map(({ history, ...state }) => [history, state])));
    },
    async statementSpans(ids) {
      const wanted = [arrayText(ids)];
      const rows = await all<SpanRow>(
        `SELECT id, position, known_to AS "knownTo", ended_by AS "endedBy" FROM statements
         WHERE id = ANY($1::text[]) ORDER BY id, revision`,
        wanted,
      );
      const positions = async (table: string, column: string) => {
        const found = await all<{ id: string; position: number }>(
          `SELECT ${column} AS id, min(position) AS position FROM ${table} WHERE ${column} = ANY($1::text[]) GROUP BY 1`,
          wanted,
        );
        return new Map(found.map(({ id, position }) => [id, position]));
      };
      return knownSpans(ids, rows, await positions('retractions', 'id'), await positions('replacements', 'replaced'));
    },
    async beginnings(actors) {
      const rows = await all<{ history: number; position: number }>(
        `SELECT h.history, min(h.position) AS position FROM ${asked} JOIN (
           SELECT history, position FROM statements UNION ALL SELECT history, position FROM parked
           UNION ALL SELECT history, position FROM skipped
         ) h ON h.history >= asked.no * ${perHolder} AND h.history < (asked.no + 1) * ${perHolder}
         GROUP BY h.history ORDER BY h.history`,
        [actors],
      );
      return new Map(rows.map(({ history, position }) => [history, position]));
    },
    async historiesAbout(proposition) {
      const rows = await all<{ history: number }>(
        'SELECT history FROM histories WHERE proposition = $1 ORDER BY history',
        [proposition],
      );
      return rows.map(({ history }) => history);
    },
    async historyNames(keys) {
      const rows = await all<HistoryIds & { readonly history: number }>(
        `SELECT asked.history, a.id AS holder, p.id AS proposition FROM unnest($1::bigint[]) AS asked (history)
         JOIN actors a ON a.no = asked.history / ${String(historyKey(1, 0))}
         JOIN propositions p ON p.no = asked.history % ${String(historyKey(1, 0))}`,
        [keys],
      );
      return new Map(rows.map(({ history, ...ids }) => [history, ids]));
    },
    async historiesOf(actors) {
      const rows = await all<{ history: number }>(
        `SELECT h.history FROM ${asked}
         JOIN histories h ON h.history >= asked.no * ${perHolder} AND h.history < (asked.no + 1) * ${perHolder}
         ORDER BY asked.at, h.history`,
        [actors],
      );
      return rows.map(({ history }) => history);
    },
    async spokenIn(actors) {
      const rows = await all<{ history: number }>(
        `SELECT v.history FROM ${asked} JOIN voices v ON v.actor = asked.no ORDER BY asked.at, v.history`,
        [actors],
      );
      return rows.map(({ history }) => history);
    },
    pointers: async () => [
      ...(await all<Pointer>('SELECT position, history, target, said_to AS "saidTo" FROM pointers ORDER BY position')),
    ],
    async disowners() {
      const rows = await all<{ actor: number }>('SELECT DISTINCT actor FROM disownings ORDER BY actor');
      return rows.map(({ actor }) => actor);
    },
    disownings: async (actors) => [
      ...(await all<KnownVersion>(
        `${knownVersion} FROM ${asked} JOIN disownings d ON d.actor = asked.no
           JOIN statements s ON s.position = d.position
         WHERE s.known_to IS NULL ORDER BY asked.at, s.position`,
        [actors],
      )),
    ],
    knownNames: (actor) =>
      all('SELECT position, at FROM actor_names WHERE actor = $1 AND known_to IS NULL ORDER BY position, at', [actor]),
    knownVersions: async (history) => [
      ...(await all<KnownVersion>(
        `${knownVersion} FROM statements s WHERE s.history = $1 AND s.known_to IS NULL ORDER BY s.position`,
        [history],
      )),
    ],
    async unfolded() {
      const rows = await all<{ history: number }>(
        `SELECT history FROM histories WHERE tail = ''
         UNION SELECT c.history FROM changes c WHERE NOT EXISTS (SELECT 1 FROM histories h WHERE h.history = c.history)`,
      );
      return rows.map(({ history }) => history);
    },
    changes: async (history) => [
      ...(await all<ChangeRow>(
        `SELECT history, track, opened, day, kind, status, body FROM changes WHERE history = $1 ORDER BY track, opened`,
        [history],
      )),
    ],
  };
};
