import { ProblemError, sameJson, streamOf } from '@stance/contracts';
import type { ActorInput, ActorRegisteredData, ActorRevisedData, Alias, StanceEvent } from '@stance/contracts';

import { readEvents } from './read-events.ts';
import type { Store } from './store.ts';
import { newEvent } from './write-context.ts';
import type { NewId, WriteContext } from './write-context.ts';
import { writeToStream } from './write-to-stream.ts';
import { duplicateOf, replacing } from './written.ts';
import type { Replacing, Written } from './written.ts';

export interface Actors {
  /**
   * Says who an actor is: registers it, or replaces the whole of what is said of it. What is said already is a
   * duplicate.
   *
   * @throws ProblemError `concurrent-write`, `stream-unreadable`, or a failure of the store
   */
  put(id: string, actor: ActorInput, context: WriteContext): Promise<Replacing<ActorInput>>;
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

type ActorDescription = NonNullable<ReturnType<typeof lastDescription>>;

/** What is said of an actor; nothing where it is only known by its id. */
const saidOf = ({ type, data }: ActorDescription): ActorInput | undefined => {
  const { actorId: _, kind, ...said }: ActorRevisedData = type === 'ActorRegistered' ? withoutInPassing(data) : data;
  return kind === undefined ? undefined : { ...said, kind };
};

const withoutInPassing = ({ inPassing: _, ...described }: ActorRegisteredData): ActorRevisedData => described;

export const createActors = (store: Store, newId: NewId): Actors => {
  return {
    async put(id, actor, context) {
      const stream = streamOf('actor', id);
      const data: ActorRevisedData = { actorId: id, ...actor };
      let replaced: ActorInput | undefined;
      const written = await writeToStream(store, stream, async () => {
        const events = await readEvents(store, stream);
        const last = lastDescription(events);
        replaced = last === undefined ? undefined : saidOf(last);
        if (last !== undefined && sameJson(replaced, actor)) return duplicateOf(last);
        const event =
          last === undefined
            ? newEvent(newId, context, 'ActorRegistered', { ...data, inPassing: false })
            : newEvent(newId, context, 'ActorRevised', data);
        return { append: event, after: events.length - 1 };
      });
      return replacing(written, replaced);
    },

    addAlias(id, alias, context) {
      const stream = streamOf('actor', id);
      return writeToStream(store, stream, async () => {
        const events = await readEvents(store, stream);
        const last = lastDescription(events);
        if (last === undefined) throw new ProblemError('unknown-actor', { detail: `There is no actor "${id}".` });
        const data = { actorId: id, alias };
        const added = events.find((event) => event.type === 'ActorAliasAdded' && sameJson(event.data, data));
        if (added !== undefined) return duplicateOf(added);
        if (last.data.aliases?.some((held) => sameJson(held, alias))) return duplicateOf(last);
        return { append: newEvent(newId, context, 'ActorAliasAdded', data), after: events.length - 1 };
      });
    },
  };
};
