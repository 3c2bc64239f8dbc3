import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

import type { Shape } from './arguments.ts';

interface Vote {
  readonly actor: string;
  readonly date: string;
  readonly rollCall: number;
  readonly short: string | null;
  readonly stance: number;
}

export interface VoteStatement {
  readonly id: string;
  readonly holder: string;
  readonly proposition: string;
  readonly direction: string;
  readonly act: 'vote';
  readonly saidAt: string;
  readonly source: { readonly id: string; readonly publisher: string; readonly title: string; readonly part: 'record' };
}

/** The first votes of a gzipped NDJSON file, as statements to submit. */
export const readStatements = async function* (
  path: string,
  limit: number,
  shape: Shape,
): AsyncGenerator<VoteStatement> {
  const input = createReadStream(path).pipe(createGunzip());
  let rows = 0;
  for await (const line of createInterface({ input })) {
    if (rows === limit) break;
    rows += 1;
    yield toStatement(JSON.parse(line) as Vote, shape);
  }
  input.destroy();
};

const toStatement = ({ actor, date, rollCall, short, stance }: Vote, shape: Shape): VoteStatement => {
  const holder = toId(actor);
  const title = (short ?? '').replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  return {
    id: `un-${shape}-${rollCall}-${holder}`,
    holder,
    proposition: shape === 'title' && title !== '' ? `un-title-${toId(title)}` : `un-roll-call-${rollCall}`,
    direction: stance > 0 ? 'support' : stance < 0 ? 'oppose' : 'neutral',
    act: 'vote',
    saidAt: date,
    source: {
      id: `un-roll-call-${rollCall}`,
      publisher: 'United Nations',
      title: title === '' ? `Roll call ${rollCall}` : title,
      part: 'record',
    },
  };
};

const toId = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 100);
