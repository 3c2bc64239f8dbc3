import { encodeEvent } from '@stance/contracts';
import type { StatementContent } from '@stance/contracts';

import { holderOf, propositionOf, readVotes, statementIdOf, statementOf, titleOf } from '../votes.ts';
import type { VoteShape } from '../votes.ts';

/** How the votes fall into histories. */
export const shapes = ['roll-call', 'title', 'one-key', 'one-key-reversed', 'one-day'] as const;
export type Shape = (typeof shapes)[number];

export interface ShapedEvent {
  readonly stream: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: string;
}

const made = (statementId: string, statement: StatementContent): ShapedEvent => ({
  stream: `statement-${statementId}`,
  ...encodeEvent('StatementMade', { statementId, statement }),
});

/** The votes of a gzipped NDJSON file, with their actors and propositions registered before they are named first. */
const voteEvents = async function* (path: string, rows: number, shape: VoteShape): AsyncGenerator<ShapedEvent> {
  const named = new Set<string>();
  for await (const vote of readVotes(path, rows)) {
    const holder = holderOf(vote);
    const proposition = propositionOf(vote, shape);
    if (!named.has(holder)) {
      named.add(holder);
      const data = { actorId: holder, name: vote.actor, kind: 'country', inPassing: false } as const;
      yield { stream: `actor-${holder}`, ...encodeEvent('ActorRegistered', data) };
    }
    if (!named.has(proposition)) {
      named.add(proposition);
      const text = `Adopt what is voted on as "${titleOf(vote) || vote.resolution}".`;
      yield {
        stream: `proposition-${proposition}`,
        ...encodeEvent('PropositionDefined', { propositionId: proposition, text, inPassing: false }),
      };
    }
    yield made(statementIdOf(vote, shape), statementOf(vote, shape));
  }
};

const oneKeyShapes = ['one-key', 'one-key-reversed', 'one-day'] as const;
type OneKeyShape = (typeof oneKeyShapes)[number];
const isOneKey = (shape: Shape): shape is OneKeyShape => oneKeyShapes.some((each) => each === shape);

/** One holder on one proposition: a statement a day, in order or from the last to the first, or all on one day. */
const oneKeyEvents = function* (rows: number, shape: OneKeyShape): Generator<ShapedEvent> {
  const directions = ['support', 'support', 'oppose', 'neutral'] as const;
  for (let index = 0; index < rows; index += 1) {
    const no = shape === 'one-key-reversed' ? rows - 1 - index : index;
    const day = shape === 'one-day' ? 0 : no;
    const saidAt = new Date(Date.UTC(1750, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
    const vote = { actor: 'One', date: saidAt, rollCall: no, resolution: 'R/1', short: 'ONE', stance: 0 };
    const direction = directions[no % directions.length] ?? 'support';
    yield made(`one-${String(no)}`, { ...statementOf(vote, 'roll-call'), proposition: 'one', direction });
  }
};

export const eventsOf = (
  votes: string,
  rows: number,
  shape: Shape,
): AsyncIterable<ShapedEvent> | Iterable<ShapedEvent> =>
  isOneKey(shape) ? oneKeyEvents(rows, shape) : voteEvents(votes, rows, shape);
