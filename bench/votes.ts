import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

import type { StatementContent } from '@stance/contracts';

/** A country's vote in one roll call of the UN General Assembly, as a line of the data has it. */
export interface Vote {
  readonly actor: string;
  readonly date: string;
  readonly rollCall: number;
  readonly resolution: string;
  readonly short: string | null;
  /** 1 yes, 0 abstain, -1 no. */
  readonly stance: number;
}

/** One proposition a roll call, or one of all votes that share a title. */
export type VoteShape = 'roll-call' | 'title';

/** The first votes of a gzipped NDJSON file. */
export const readVotes = async function* (path: string, limit: number): AsyncGenerator<Vote> {
  const input = createReadStream(path).pipe(createGunzip());
  let left = limit;
  for await (const line of createInterface({ input })) {
    if (left === 0) break;
    left -= 1;
    yield JSON.parse(line) as Vote;
  }
  input.destroy();
};

/** What was voted on, on one line; empty where it has no title. */
export const titleOf = ({ short }: Vote): string => (short ?? '').replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();

export const holderOf = ({ actor }: Vote): string => idOf(actor);

export const propositionOf = (vote: Vote, shape: VoteShape): string =>
  shape === 'title' && titleOf(vote) !== '' ? `un-title-${idOf(titleOf(vote))}` : `un-roll-call-${vote.rollCall}`;

export const statementIdOf = (vote: Vote, shape: VoteShape): string => `un-${shape}-${vote.rollCall}-${holderOf(vote)}`;

export const statementOf = (vote: Vote, shape: VoteShape): StatementContent & { readonly saidAt: string } => ({
  holder: holderOf(vote),
  proposition: propositionOf(vote, shape),
  direction: vote.stance > 0 ? 'support' : vote.stance < 0 ? 'oppose' : 'neutral',
  act: 'vote',
  saidAt: vote.date,
  authority: 'self',
  source: {
    id: `un-roll-call-${vote.rollCall}`,
    publisher: 'United Nations General Assembly',
    title: [vote.resolution, titleOf(vote)].filter(Boolean).join(': ') || `Roll call ${vote.rollCall}`,
    part: 'record',
  },
});

const idOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '');
