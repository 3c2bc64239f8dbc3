import { differingFields, ProblemError, streamOf } from '@stance/contracts';
import type { RecordedState, StatementContent, SubmittedStatement } from '@stance/contracts';
import type { AppendResult } from '@stance/event-store';

import type { RefuseForeignDisownings } from './foreign-disownings.ts';
import { unreadable } from './read-events.ts';
import { unknownReferences } from './references.ts';
import type { NamedIds, References } from './references.ts';
import { readStatement, stateOf } from './recorded-statement.ts';
import type { RecordedStatement } from './recorded-statement.ts';
import type { StatementRejected, StatementResult } from './statement-result.ts';
import type { Store } from './store.ts';
import { newEvent } from './write-context.ts';
import type { NewId, WriteContext } from './write-context.ts';

export interface RecordOptions {
  readonly context: WriteContext;
  /** Register actors and propositions that are not known, under their ids. */
  readonly createMissing: boolean;
}

/**
 * Records statements, each on its own: one result each, in order. All that is answered as accepted or duplicate is
 * durable. Of several with one id the first is recorded, and the others are compared with it.
 *
 * @throws ProblemError `store-unavailable` or `shutting-down`, for all of them: what was recorded is not known.
 */
export type RecordStatements = (
  submissions: readonly SubmittedStatement[],
  options: RecordOptions,
) => Promise<StatementResult[]>;

export interface RecordStatementsParts {
  readonly store: Store;
  readonly references: References;
  readonly refuseForeign: RefuseForeignDisownings;
  readonly newId: NewId;
}

/** How many streams are read back at once. */
const readsAtOnce = 64;

export const createRecordStatements = ({
  store,
  references,
  refuseForeign,
  newId,
}: RecordStatementsParts): RecordStatements => {
  /** Of one that cannot be read the reason: it is that line's alone. */
  const readBack = async (ids: readonly string[]): Promise<Map<string, Earlier | ProblemError>> => {
    const found = new Map<string, Earlier | ProblemError>();
    for (let first = 0; first < ids.length; first += readsAtOnce) {
      await Promise.all(
        ids.slice(first, first + readsAtOnce).map(async (id) => {
          const recorded = await readStatement(store, id).catch(unreadable);
          if (recorded !== null) found.set(id, recorded instanceof ProblemError ? recorded : earlierOf(recorded));
        }),
      );
    }
    return found;
  };

  /**
   * Which of the streams that statements name are to be opened: those that a statement names that is new. One that is
   * recorded with other content registers nobody. Of all that name the same one statement is read back, and another only
   * where that is recorded.
   */
  const namedAnew = async (
    naming: readonly Naming[],
    recorded: Map<string, Earlier | ProblemError>,
  ): Promise<ReadonlySet<string>> => {
    const registered = new Set<string>();
    let waiting = naming;
    while (waiting.length > 0) {
      const asked = new Set<string>();
      const later: Naming[] = [];
      const looked: Naming[] = [];
      for (const one of waiting) {
        const open = one.streams.filter((stream) => !registered.has(stream));
        if (open.length === 0) continue;
        if (open.every((stream) => asked.has(stream))) later.push(one);
        else looked.push(one);
        for (const stream of open) asked.add(stream);
      }
      for (const [id, earlier] of await readBack(looked.map(({ id }) => id))) recorded.set(id, earlier);
      for (const { id, content, streams } of looked) {
        if (registers(content, recorded.get(id))) for (const stream of streams) registered.add(stream);
      }
      waiting = later;
    }
    return registered;
  };

  return async (submissions, { context, createMissing }) => {
    const { named, by } = references.notRemembered(submissions.map(({ content }) => content));
    const unregistered: NamedIds = named.size === 0 ? named : await references.unregistered(named);
    const refused: NamedIds = createMissing ? new Map() : unregistered;
    const foreign = await refuseForeign(submissions);
    const refusals = submissions.map(
      ({ id, content }) => rejectUnknown(id, content, refused) ?? foreign.get(id) ?? null,
    );

    const firsts = new Map<string, StatementContent>();
    for (const [place, { id, content }] of submissions.entries()) {
      if (refusals[place] === null && !firsts.has(id)) firsts.set(id, content);
    }
    const recorded = new Map<string, Earlier | ProblemError>();
    const naming: Naming[] = [];
    if (createMissing) {
      for (const [place, streams] of by) {
        const { id, content } = at(submissions, place);
        const open = streams.filter((stream) => unregistered.has(stream));
        if (open.length > 0 && firsts.get(id) === content) naming.push({ id, content, streams: open });
      }
    }
    const anew = await namedAnew(naming, recorded);
    const registered: NamedIds = new Map([...unregistered].filter(([stream]) => anew.has(stream)));
    const requests = references.registrations(registered, context);
    // Where the request of each new one stands.
    const requestOf = new Map<string, number>();
    for (const [id, statement] of firsts) {
      if (recorded.has(id)) continue;
      requestOf.set(id, requests.length);
      const event = newEvent(newId, context, 'StatementMade', { statementId: id, statement });
      requests.push({ stream: streamOf('statement', id), expectedRevision: -1, events: [event] });
    }
    const appended: readonly AppendResult[] = requests.length === 0 ? [] : await store.append(requests);
    references.remember(registered);

    const heldBefore = [...requestOf].filter(([, request]) => at(appended, request).outcome === 'wrong-revision');
    for (const [id, earlier] of await readBack(heldBefore.map(([id]) => id))) recorded.set(id, earlier);

    return submissions.map(({ id, content }, place): StatementResult => {
      const rejected = refusals[place];
      if (rejected != null) return rejected;
      const request = requestOf.get(id);
      const outcome = request === undefined ? null : at(appended, request);
      if (outcome?.outcome !== 'appended') return compare(id, content, recorded.get(id));
      const { revision, position } = outcome;
      const first = firsts.get(id);
      if (first === undefined || first === content) {
        return { outcome: 'accepted', statementId: id, stream: streamOf('statement', id), revision, position };
      }
      return compare(id, content, { content: first, revision, position, state: 'active' });
    });
  };
};

/** A statement, and the streams of what it names that nobody has registered. */
interface Naming {
  readonly id: string;
  readonly content: StatementContent;
  readonly streams: readonly string[];
}

/** What stands under an id already. */
interface Earlier {
  /** As it was submitted: corrections of the record do not make a submission another one. */
  readonly content: StatementContent;
  readonly revision: number;
  readonly position: number;
  readonly state: RecordedState;
}

const earlierOf = (recorded: RecordedStatement): Earlier => ({
  content: recorded.made.data.statement,
  revision: recorded.made.revision,
  position: recorded.made.position,
  state: stateOf(recorded),
});

/**
 * Whether a statement registers what it names. One that was recorded before does where it says the same: a store that
 * appends each request for itself may have taken it alone, and its sender was not answered then.
 */
const registers = (content: StatementContent, earlier: Earlier | ProblemError | undefined): boolean =>
  earlier === undefined ||
  (!(earlier instanceof ProblemError) && differingFields(earlier.content, content).length === 0);

const compare = (
  id: string,
  content: StatementContent,
  earlier: Earlier | ProblemError | undefined,
): StatementResult => {
  if (earlier === undefined) throw new Error(`the store holds ${streamOf('statement', id)}, but no statement in it`);
  if (earlier instanceof ProblemError) {
    const { code, message: detail, retryable } = earlier;
    return { outcome: 'rejected', statementId: id, error: { code, detail, retryable } };
  }
  const fields = differingFields(earlier.content, content);
  if (fields.length === 0) {
    const { revision, position, state } = earlier;
    return { outcome: 'duplicate', statementId: id, stream: streamOf('statement', id), revision, position, state };
  }
  const detail = `Statement "${id}" is recorded with other content: ${fields.join(', ')}.`;
  return {
    outcome: 'rejected',
    statementId: id,
    error: { code: 'statement-conflict', detail, retryable: false, fields },
  };
};

const rejectUnknown = (id: string, content: StatementContent, unregistered: NamedIds): StatementRejected | null => {
  const unknown = unknownReferences(content, unregistered);
  if (unknown === null) return null;
  const { code, detail, errors } = unknown;
  return { outcome: 'rejected', statementId: id, error: { code, detail, retryable: false, errors: [...errors] } };
};

const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index];
  if (item === undefined) throw new RangeError(`there is no item ${index} among ${items.length}`);
  return item;
};
