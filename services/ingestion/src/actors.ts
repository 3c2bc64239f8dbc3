import { ProblemError, sameJson, streamOf } from '@stance/contracts';
import type { ActorInput, ActorRegisteredData, Alias, StanceEvent } from '@stance/contracts';

import { readEvents } from './read-events.ts';
import type { Store } from './store.ts';
import { newEvent } from './write-context.ts';
import type { NewId, WriteContext } from './write-context.ts';
import { writeToStream } from './write-to-stream.ts';
import { duplicateOf } from './written.ts';
import type { Written } from './written.ts';

export interface Actors {
  /**
   * Says who an actor is: registers it, or replaces the whole of what is said of it. What is said already is a
   * duplicate.
   *
   * @throws ProblemError `concurrent-write`, `stream-unreadable`, or a failure of the store
   */
  put(id: string, actor: ActorInput, context: WriteContext): Promise<Written>;
  /**
   * Adds a name under which an actor is also known.
   *
   * @throws ProblemError `unknown-actor`, `concurrent-write`, `stream-unreadable`, or a failure of the store
   */
  addAlias(id: string, alias: Alias, context: WriteContext): Promise<Written>;
}

/** The last event that says who the actor is. */
const lastDescription = (events: readonly StanceEvent[]) =>
  events.findLast((event) => event.type === 'ActorRegistered' || event.type === 'ActorRevised');

export const createActors = (store: Store, newId: NewId): Actors => {
  return {
    put(id, actor, context) {
      const stream = streamOf('actor', id);
      const data: ActorRegisteredData = { actorId: id, ...actor };
      return writeToStream(store, stream, async () => {
        const events = await readEvents(store, stream);
        const last = lastDescription(events);
        if (last !== undefined && sameJson(last.data, data)) return duplicateOf(last);
        const type = last === undefined ? 'ActorRegistered' : 'ActorRevised';
        return { append: newEvent(newId, context, type, data), after: events.length - 1 };
      });
    },

    addAlias(id, alias, context) {
      const stream = streamOf('actor', id);
      return writeToStream(store, stream, async () => {
        const events = await readEvents(store, stream);
        const last = lastDescription(events);
        if (last === undefined) throw new ProblemError('unknown-actor', { detail: `There is no actor "${id}".` });
        const data = { actorId: id, ...alias };
        const added = events.find((event) => event.type === 'ActorAliasAdded' && sameJson(event.data, data));
        if (added !== undefined) return duplicateOf(added);
        if (last.data.aliases?.some((held) => sameJson(held, alias))) return duplicateOf(last);
        return { append: newEvent(newId, context, 'ActorAliasAdded', data), after: events.length - 1 };
      });
    },
  };
};
