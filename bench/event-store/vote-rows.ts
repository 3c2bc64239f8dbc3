import { randomUUID } from 'node:crypto';

import { readVotes, statementIdOf, statementOf } from '../votes.ts';

/** One vote as the event that records it. */
export interface VoteRow {
  readonly stream: string;
  readonly id: string;
  readonly data: string;
}

/** Reads the first votes of a gzipped NDJSON file as `StatementMade` events, into memory. */
export async function readVoteRows(path: string, limit: number): Promise<VoteRow[]> {
  const rows: VoteRow[] = [];
  for await (const vote of readVotes(path, limit)) {
    const statementId = statementIdOf(vote, 'roll-call');
    const data = JSON.stringify({ statementId, statement: statementOf(vote, 'roll-call') });
    rows.push({ stream: `statement-${statementId}`, id: randomUUID(), data });
  }
  return rows;
}
