import { decodeEvent, eventRegistry, registryStream } from '@stance/contracts';
import type { RegistryEvent, StanceEvent, StatementContent, StatementMade } from '@stance/contracts';
import { toKnownStatement } from '@stance/domain';
import type { KnownStatement } from '@stance/domain';
import type { StoredEvent } from '@stance/event-store';

import { PoisonError, poisonOf } from './poison.ts';
import type { Poison } from './poison.ts';
import { mergedInRawPayload, namedInRawPayload } from './raw-payload.ts';

/** The streams that the projection knows, by the first part of their names; the rest is an id. There is one `registry`. */
export type StreamKind = 'statement' | 'actor' | 'proposition' | 'registry';

interface Stream {
  /** `null` for streams of a kind that this program does not know. */
  readonly kind: StreamKind | null;
  readonly id: string;
}

/** A statement as an event records it. */
export interface RecordedStatement {
  readonly known: KnownStatement;
  readonly content: StatementContent;
  /** The content as JSON. */
  readonly body: string;
}

/** A further actor or proposition that an event names. */
interface NamedToo {
  readonly kind: 'actor' | 'proposition';
  readonly id: string;
}

/** An event with all that can be said of it without looking at anything else. */
export interface PreparedEvent {
  readonly stored: StoredEvent;
  readonly stream: Stream;
  /** `null` where it cannot be read: then `poison` says why. */
  readonly event: StanceEvent | null;
  readonly poison: Poison | null;
  /** Of `StatementMade` and `StatementCorrected`. */
  readonly recorded: RecordedStatement | null;
  /** Whom and what it names, which gives them their numbers. */
  readonly actor: string | null;
  readonly proposition: string | null;
  /** The statement that it replaces, or would. */
  readonly replaces: string | null;
  /** Whom and what it names besides. */
  readonly others: readonly NamedToo[];
  /** The number of the history that it is about, once whom and what it names have theirs. */
  history: number | null;
}

const streamKinds: readonly Exclude<StreamKind, 'registry'>[] = ['statement', 'actor', 'proposition'];

const streamOf = (name: string): Stream => {
  for (const kind of streamKinds) {
    if (name.startsWith(kind) && name[kind.length] === '-') return { kind, id: name.slice(kind.length + 1) };
  }
  return { kind: name === registryStream ? 'registry' : null, id: name };
};

const directions = new Set<unknown>(['support', 'oppose', 'neutral', 'mixed', 'unclear', undefined]);
const acts = new Set<unknown>([
  'assert',
  'reaffirm',
  'deny',
  'pledge',
  'decline',
  'endorse',
  'reject',
  'disown',
  'vote',
]);
const authorities = new Set<unknown>(['self', 'spokesperson', 'attributed', 'unnamed-source', 'inferred']);

const isId = (value: unknown): boolean => typeof value === 'string' && value.length > 0;

/** What the rules rest on. The rest of a payload was checked when it was written and is not looked at again. */
const checkContent = (content: StatementContent): void => {
  if (!isId(content.holder)) throw new PoisonError('invalid-event-data', 'the statement names no holder');
  if (!isId(content.proposition)) throw new PoisonError('invalid-event-data', 'the statement names no proposition');
  if (!directions.has(content.direction))
    throw new PoisonError('invalid-event-data', 'the statement has no known direction');
  if (!acts.has(content.act)) throw new PoisonError('invalid-event-data', 'the statement has no known act');
  if (!authorities.has(content.authority))
    throw new PoisonError('invalid-event-data', 'the statement has no known authority');
};

/** The content as it stands in the event's JSON: writing it anew would cost more than all the rest of the event. */
const contentJson = (event: StatementMade, data: string): string => {
  const before = `{"statementId":"${event.data.statementId}","statement":`;
  const asWritten =
    data.startsWith(before) &&
    data.endsWith('}}') &&
    event.schemaVersion === eventRegistry.currentVersion('StatementMade') &&
    Object.keys(event.data).length === 2;
  return asWritten ? data.slice(before.length, -1) : JSON.stringify(event.data.statement);
};

const recordedIn = (event: StanceEvent, data: string): RecordedStatement | null => {
  if (event.type !== 'StatementMade' && event.type !== 'StatementCorrected') return null;
  const content = event.data.statement;
  checkContent(content);
  return {
    content,
    known: toKnownStatement(event.data.statementId, event.recordedAt, content),
    body: event.type === 'StatementMade' ? contentJson(event, data) : JSON.stringify(content),
  };
};

const ownerOf = (event: StanceEvent): { readonly kind: StreamKind; readonly id: string } => {
  switch (event.type) {
    case 'StatementMade':
    case 'StatementCorrected':
    case 'StatementRetracted':
      return { kind: 'statement', id: event.data.statementId };
    case 'ActorRegistered':
    case 'ActorRevised':
    case 'ActorAliasAdded':
      return { kind: 'actor', id: event.data.actorId };
    case 'PropositionDefined':
    case 'PropositionRevised':
      return { kind: 'proposition', id: event.data.propositionId };
    case 'ActorMerged':
    case 'ActorUnmerged':
    case 'MembershipRecorded':
    case 'PropositionRelated':
    case 'TopicDefined':
    case 'EventSkipped':
      return { kind: 'registry', id: registryStream };
  }
};

type Named = Pick<PreparedEvent, 'actor' | 'proposition' | 'others'>;

const nobodyElse: readonly NamedToo[] = [];

const namedIn = ({ holder, proposition, speaker, endorses }: StatementContent): readonly NamedToo[] => {
  if (endorses === undefined && (speaker === undefined || speaker === holder)) return nobodyElse;
  const named: NamedToo[] = [];
  if (speaker !== undefined) named.push({ kind: 'actor', id: speaker });
  if (endorses !== undefined) {
    named.push(
      { kind: 'actor', id: endorses.holder },
      { kind: 'proposition', id: endorses.proposition ?? proposition },
    );
  }
  return named;
};

const namedBy = (event: StanceEvent): Named => {
  switch (event.type) {
    case 'StatementMade': {
      const { holder, proposition } = event.data.statement;
      return { actor: holder, proposition, others: namedIn(event.data.statement) };
    }
    case 'StatementCorrected': {
      const { holder, proposition, statement } = event.data;
      return { actor: holder, proposition, others: namedIn(statement) };
    }
    case 'StatementRetracted':
      return { actor: event.data.holder, proposition: event.data.proposition, others: nobodyElse };
    case 'ActorRegistered':
    case 'ActorRevised':
    case 'ActorAliasAdded':
    case 'ActorUnmerged':
      return { actor: event.data.actorId, proposition: null, others: nobodyElse };
    case 'PropositionDefined':
    case 'PropositionRevised':
      return { actor: null, proposition: event.data.propositionId, others: nobodyElse };
    case 'ActorMerged':
      return { actor: event.data.actorId, proposition: null, others: [{ kind: 'actor', id: event.data.into }] };
    case 'MembershipRecorded': {
      const { actorId, group, onBehalfOf } = event.data;
      const others = (onBehalfOf === undefined ? [group] : [group, onBehalfOf]).map((id) => ({
        kind: 'actor' as const,
        id,
      }));
      return { actor: actorId, proposition: null, others };
    }
    case 'PropositionRelated':
      return {
        actor: null,
        proposition: event.data.from,
        others: [{ kind: 'proposition', id: event.data.to }],
      };
    case 'TopicDefined':
    case 'EventSkipped':
      return { actor: null, proposition: null, others: nobodyElse };
  }
};

/** Those of the registry that put nobody's histories together, in whichever version. */
const mergesNobody: ReadonlySet<string> = new Set<RegistryEvent['type']>([
  'MembershipRecorded',
  'PropositionRelated',
  'TopicDefined',
]);

/** Whom an event names that nobody can read: those whose histories it would have touched. */
const namedUnread = ({ type, data }: StoredEvent, stream: Stream): readonly NamedToo[] =>
  stream.kind !== 'registry' || mergesNobody.has(type)
    ? nobodyElse
    : mergedInRawPayload(data).map((id) => ({ kind: 'actor', id }));

/** Reads an event. One that cannot be read is no error here: it comes back with what is wrong with it. */
export const prepareEvent = (stored: StoredEvent): PreparedEvent => {
  const stream = streamOf(stored.stream);
  try {
    const event = decodeEvent(stored);
    const owner = ownerOf(event);
    if (owner.kind !== stream.kind || owner.id !== stream.id) {
      throw new PoisonError(
        'stream-mismatch',
        `a ${event.type} about ${owner.kind} ${owner.id} stands in ${stored.stream}`,
      );
    }
    const recorded = recordedIn(event, stored.data);
    const replaces = event.type === 'StatementMade' ? (event.data.statement.replaces ?? null) : null;
    return { stored, stream, event, poison: null, recorded, replaces, ...namedBy(event), history: null };
  } catch (error) {
    const named = stream.kind === 'statement' ? namedInRawPayload(stored.data) : null;
    return {
      stored,
      stream,
      event: null,
      poison: poisonOf(error),
      recorded: null,
      actor: named?.holder ?? null,
      proposition: named?.proposition ?? null,
      replaces: stored.type === 'StatementMade' ? (named?.replaces ?? null) : null,
      others: namedUnread(stored, stream),
      history: null,
    };
  }
};
