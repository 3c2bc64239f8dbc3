import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** One vote as the event that records it. */
export interface VoteRow {
  readonly stream: string;
  readonly id: string;
  readonly data: string;
}

interface Vote {
  readonly actor: string;
  readonly date: string;
  readonly rollCall: number;
  readonly resolution: string;
  readonly short: string | null;
  readonly stance: number;
}

/** Reads the first votes of a gzipped NDJSON file as `StatementMade` events of about 300 bytes, into memory. */
export async function readVoteRows(path: string, limit: number): Promise<VoteRow[]> {
  const input = createReadStream(path).pipe(createGunzip());
  const rows: VoteRow[] = [];
  for await (const line of createInterface({ input })) {
    if (rows.length >= limit) break;
    rows.push(toRow(JSON.parse(line) as Vote));
  }
  input.destroy();
  return rows;
}

function toRow({ actor, date, rollCall, resolution, short, stance }: Vote): VoteRow {
  const holder = toId(actor);
  const statementId = `un-vote-${rollCall}-${holder}`;
  const statement = {
    holder,
    proposition: `un-roll-call-${rollCall}`,
    direction: stance > 0 ? 'support' : stance < 0 ? 'oppose' : 'neutral',
    act: 'vote',
    saidAt: date,
    authority: 'self',
    source: { id: `un-${toId(resolution)}`, publisher: 'United Nations', title: short ?? undefined, part: 'record' },
  };
  return {
    stream: `statement-${statementId}`,
    id: randomUUID(),
    data: JSON.stringify({ statementId, statement }),
  };
}

function toId(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
