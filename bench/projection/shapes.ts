import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

import { encodeEvent } from '@stance/contracts';
import type { StatementContent } from '@stance/contracts';

/** How the votes fall into histories. */
export const shapes = ['roll-call', 'title', 'one-key', 'one-key-reversed'] as const;
export type Shape = (typeof shapes)[number];

export interface ShapedEvent {
  readonly stream: string;
  readonly type: string;
  readonly schemaVersion: number;
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

const idOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '');

const propositionOf = ({ rollCall, short }: Vote, shape: Shape): string => {
  if (shape === 'roll-call') return `un-roll-call-${String(rollCall)}`;
  return short === null || short === '' ? `un-title-untitled-${String(rollCall)}` : `un-title-${idOf(short)}`;
};

const contentOf = (vote: Vote, holder: string, proposition: string): StatementContent => ({
  holder,
  proposition,
  direction: vote.stance > 0 ? 'support' : vote.stance < 0 ? 'oppose' : 'neutral',
  act: 'vote',
  saidAt: vote.date,
  source: {
    id: `un-roll-call-${String(vote.rollCall)}`,
    publisher: 'United Nations General Assembly',
    title: [vote.resolution, vote.short].filter(Boolean).join(': ') || `Roll call ${String(vote.rollCall)}`,
    part: 'record',
  },
  authority: 'self',
});

const made = (statementId: string, statement: StatementContent): ShapedEvent => ({
  stream: `statement-${statementId}`,
  ...encodeEvent('StatementMade', { statementId, statement }),
});

/** The votes of a gzipped NDJSON file, with their actors and propositions registered before they are named first. */
const voteEvents = async function* (path: string, rows: number, shape: Shape): AsyncGenerator<ShapedEvent> {
  const named = new Set<string>();
  const input = createReadStream(path).pipe(createGunzip());
  let left = rows;
  for await (const line of createInterface({ input })) {
    if (left === 0) break;
    left -= 1;
    // The file's own form.
    const vote = JSON.parse(line) as Vote;
    const holder = idOf(vote.actor);
    const proposition = propositionOf(vote, shape);
    if (!named.has(holder)) {
      named.add(holder);
      const data = { actorId: holder, name: vote.actor, kind: 'country' } as const;
      yield { stream: `actor-${holder}`, ...encodeEvent('ActorRegistered', data) };
    }
    if (!named.has(proposition)) {
      named.add(proposition);
      const text = `Adopt what is voted on as "${vote.short ?? vote.resolution}".`;
      yield {
        stream: `proposition-${proposition}`,
        ...encodeEvent('PropositionDefined', { propositionId: proposition, text }),
      };
    }
    yield made(`un-${shape}-${String(vote.rollCall)}-${holder}`, contentOf(vote, holder, proposition));
  }
  input.destroy();
};

/** One holder on one proposition, a statement a day, in order or from the last to the first. */
const oneKeyEvents = function* (rows: number, reversed: boolean): Generator<ShapedEvent> {
  const directions = ['support', 'support', 'oppose', 'neutral'] as const;
  for (let index = 0; index < rows; index += 1) {
    const day = reversed ? rows - 1 - index : index;
    const saidAt = new Date(Date.UTC(1750, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
    const vote = { actor: 'One', date: saidAt, rollCall: day, resolution: 'R/1', short: 'ONE', stance: 0 };
    const direction = directions[day % directions.length] ?? 'support';
    yield made(`one-${String(day)}`, { ...contentOf(vote, 'one', 'one'), direction });
  }
};

export const eventsOf = (
  votes: string,
  rows: number,
  shape: Shape,
): AsyncIterable<ShapedEvent> | Iterable<ShapedEvent> =>
  shape === 'one-key' || shape === 'one-key-reversed'
    ? oneKeyEvents(rows, shape === 'one-key-reversed')
    : voteEvents(votes, rows, shape);
