import type { StoredEvent } from '@stance/event-store';
import { tables } from '@stance/read-model';
import type { Table } from '@stance/read-model';

import { must } from '../violation.ts';
import type { World } from '../world.ts';

interface StatementEvent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
}

/** What the rows of a statement's events say of them, in the order of the log. */
const statementEvents = `SELECT position, 'statement-' || id AS stream, revision FROM statements
  UNION ALL SELECT position, 'statement-' || id, revision FROM retractions ORDER BY position`;

/** The tables in which each row says from when to when it was known. */
const known = Object.entries<Table>(tables).filter(([, { columns }]) => 'known_to' in columns && 'position' in columns);

/** What was known at a position: the same for ever, but for when a row ceased to be known, and by what. */
const asOf = ([name, { columns }]: (typeof known)[number]): string => {
  const said = Object.keys(columns).filter((column) => column !== 'known_to' && column !== 'ended_by');
  return `SELECT json_group_array(json_array(${said.join(', ')})) FROM (SELECT * FROM ${name}
    WHERE position <= $at AND (known_to IS NULL OR known_to > $at) ORDER BY ${said.join(', ')})`;
};

const isOfStatement = ({ stream }: StoredEvent): boolean => stream.startsWith('statement-');

/** The read model: each event up to the checkpoint has its row and none beyond; the past does not change. */
export const createReadModelInvariant = (world: World): { check(): void; checkpoint(): number } => {
  const { log, files, scheduler } = world;
  const checkpoint = files.readModelRows.prepare<[], { position: number; generation: string }>(
    'SELECT position, generation FROM checkpoint',
  );
  const rows = files.readModelRows.prepare<[], StatementEvent>(statementEvents);
  const past = files.readModelRows
    .prepare<[{ at: number }], string>(`SELECT json_array(${known.map((table) => `(${asOf(table)})`).join(', ')})`)
    .pluck();
  const version = files.readModelRows.prepare<[], number>('PRAGMA data_version').pluck();
  /** What was known at each position at which the read model has been. */
  const answers = new Map<number, string>();
  let seen = -1;
  let last = { position: 0, generation: '' };

  const checkRows = (position: number): void => {
    const expected = log.events.slice(0, log.countUpTo(position)).filter(isOfStatement);
    const found = rows.all();
    for (let index = 0; index < Math.max(expected.length, found.length); index += 1) {
      const event = expected[index];
      const row = found[index];
      must(
        event !== undefined &&
          row?.position === event.position &&
          row.stream === event.stream &&
          row.revision === event.revision,
        'every event up to the checkpoint has its row, and none after it',
        () =>
          `the checkpoint is ${String(position)}, row ${String(index)} is ${JSON.stringify(row)}, and should be of ` +
          `${String(event?.stream)} ${String(event?.revision)} at ${String(event?.position)}`,
      );
    }
  };

  const checkPast = (position: number): void => {
    const recorded = [...answers.keys()].filter((at) => at <= position);
    const picked = recorded[(position * 7919 + recorded.length) % Math.max(1, recorded.length)];
    for (const at of new Set([position, picked ?? position])) {
      const answer = past.get({ at }) ?? '';
      const before = answers.get(at) ?? answer;
      must(
        answer === before,
        'what was known at a position never changes',
        () => `at ${String(at)} it was ${before}, at the checkpoint ${String(position)} it is ${answer}`,
      );
      answers.set(at, answer);
    }
  };

  return {
    check() {
      const now = version.get() ?? 0;
      if (now === seen) return;
      seen = now;
      const { position, generation } = checkpoint.get() ?? last;
      must(
        position >= last.position || generation !== last.generation,
        "the read model's checkpoint never goes back",
        () => `from ${String(last.position)} to ${String(position)} at ${String(scheduler.time())}`,
      );
      must(position <= log.head(), 'the read model is never ahead of the log', () => String(position));
      last = { position, generation };
      checkRows(position);
      checkPast(position);
    },
    checkpoint: () => checkpoint.get()?.position ?? 0,
  };
};
