import { ProblemError, streamOf } from '@stance/contracts';
import type { InputIssue, StatementContent } from '@stance/contracts';
import type { AppendRequest } from '@stance/event-store';

import { createKnownIds } from './known-ids.ts';
import type { Store } from './store.ts';
import { newEvent } from './write-context.ts';
import type { NewId, WriteContext } from './write-context.ts';

/** What a statement points at that is not known. */
export interface UnknownReferences {
  readonly code: 'unknown-actor' | 'unknown-proposition';
  readonly detail: string;
  readonly errors: readonly InputIssue[];
}

type Kind = 'actor' | 'proposition';

/** Actors and propositions by their stream, so that an actor and a proposition of one id are two. */
export type NamedIds = ReadonlyMap<string, { readonly kind: Kind; readonly id: string }>;

/** An actor or proposition that something names, and in which field. */
export interface Reference {
  readonly kind: Kind;
  readonly id: string;
  readonly path: string;
}

/** What statements name that is not remembered as known. */
export interface NotRemembered {
  readonly named: NamedIds;
  /** The streams of what each of them names, by its place among them: only of those that name something of that. */
  readonly by: ReadonlyMap<number, readonly string[]>;
}

/** Knows which actors and propositions there are, and registers those that are wanted in passing. */
export interface References {
  /** What these statements name and is not remembered as known: nothing, for most that an import brings. */
  notRemembered(statements: Iterable<StatementContent>): NotRemembered;
  /** Those of them that nobody has registered: asks their streams, and remembers the others. */
  unregistered(named: NamedIds): Promise<NamedIds>;
  /** @throws ProblemError `unknown-actor` or `unknown-proposition`, where nobody has registered one of these. */
  require(references: readonly Reference[]): Promise<void>;
  /** What registers them, where nobody has done so yet. */
  registrations(named: NamedIds, context: WriteContext): AppendRequest[];
  /** To be called once they are registered, by whomever. */
  remember(named: NamedIds): void;
}

/** How many streams are asked for at once. */
const readsAtOnce = 64;

/** Calls `visit` with every actor and proposition that a statement names, and where. */
const visitReferences = (statement: StatementContent, visit: (kind: Kind, id: string, path: string) => void): void => {
  visit('actor', statement.holder, 'holder');
  visit('proposition', statement.proposition, 'proposition');
  if (statement.speaker !== undefined) visit('actor', statement.speaker, 'speaker');
  statement.reportedBy?.forEach(({ actor }, link) => {
    if (actor !== undefined) visit('actor', actor, `reportedBy[${link}].actor`);
  });
  if (statement.endorses !== undefined) {
    visit('actor', statement.endorses.holder, 'endorses.holder');
    if (statement.endorses.proposition !== undefined) {
      visit('proposition', statement.endorses.proposition, 'endorses.proposition');
    }
  }
};

export const createReferences = (store: Store, newId: NewId, capacity: number): References => {
  const known = { actor: createKnownIds(capacity), proposition: createKnownIds(capacity) };

  const unregistered = async (named: NamedIds): Promise<NamedIds> => {
    const unknown = new Map(named);
    const waiting = [...named];
    for (let first = 0; first < waiting.length; first += readsAtOnce) {
      await Promise.all(
        waiting.slice(first, first + readsAtOnce).map(async ([stream, { kind, id }]) => {
          if ((await store.readStream(stream, { limit: 1 })).length === 0) return;
          known[kind].add(id);
          unknown.delete(stream);
        }),
      );
    }
    return unknown;
  };

  return {
    notRemembered(statements) {
      const named = new Map<string, { kind: Kind; id: string }>();
      const by = new Map<number, string[]>();
      let place = 0;
      const note = (kind: Kind, id: string): void => {
        if (known[kind].has(id)) return;
        const stream = streamOf(kind, id);
        named.set(stream, { kind, id });
        const streams = by.get(place);
        if (streams === undefined) by.set(place, [stream]);
        else streams.push(stream);
      };
      for (const statement of statements) {
        visitReferences(statement, note);
        place += 1;
      }
      return { named, by };
    },

    unregistered,

    async require(references) {
      const named = new Map<string, { kind: Kind; id: string }>();
      for (const { kind, id } of references) if (!known[kind].has(id)) named.set(streamOf(kind, id), { kind, id });
      const unknown = await unregistered(named);
      const missing = references.filter(({ kind, id }) => unknown.has(streamOf(kind, id)));
      const [first] = missing;
      if (first === undefined) return;
      const errors = missing.map(({ kind, id, path }) => ({ path, message: `there is no ${kind} "${id}"` }));
      throw new ProblemError(`unknown-${first.kind}`, { detail: detailOf(errors), errors });
    },

    registrations: (named, context) =>
      [...named].map(([stream, { kind, id }]) => ({
        stream,
        expectedRevision: -1,
        events: [
          kind === 'actor'
            ? newEvent(newId, context, 'ActorRegistered', { actorId: id, name: id, inPassing: true })
            : newEvent(newId, context, 'PropositionDefined', { propositionId: id, text: id, inPassing: true }),
        ],
      })),

    remember(named) {
      for (const { kind, id } of named.values()) known[kind].add(id);
    },
  };
};

const detailOf = (errors: readonly InputIssue[]): string =>
  errors.map(({ path, message }) => `${path}: ${message}`).join('; ');

/** What a statement names that stands among the unregistered; `null` where there is no such thing. */
export const unknownReferences = (statement: StatementContent, unregistered: NamedIds): UnknownReferences | null => {
  if (unregistered.size === 0) return null;
  const errors: InputIssue[] = [];
  let code: UnknownReferences['code'] | null = null;
  visitReferences(statement, (kind, id, path) => {
    if (!unregistered.has(streamOf(kind, id))) return;
    code ??= `unknown-${kind}`;
    errors.push({ path, message: `there is no ${kind} "${id}"` });
  });
  if (code === null) return null;
  return { code, detail: detailOf(errors), errors };
};
