import { registryStream } from '@stance/contracts';
import type { EventDataOf, Membership, MergeInput, RegistryEvent, Relation, TopicInput } from '@stance/contracts';

import type { References } from '../references.ts';
import type { Store } from '../store.ts';
import { newEvent } from '../write-context.ts';
import type { NewId, WriteContext } from '../write-context.ts';
import { writeToStream } from '../write-to-stream.ts';
import { duplicateOf, replacing } from '../written.ts';
import type { Replacing, Written } from '../written.ts';
import { createRecordedRegistry } from './recorded-registry.ts';
import type { RegistryContent } from './recorded-registry.ts';

/**
 * Writes what needs one order over many actors, propositions or topics. Besides what is said at each call, all throw
 * `concurrent-write`, `stream-unreadable`, and a failure of the store. What is said already is a duplicate.
 */
export interface Registry {
  /** Tells whom each actor answers as by now. @throws ProblemError `stream-unreadable`, or a failure of the store */
  survivors(): Promise<(actor: string) => string>;
  /**
   * Says that an actor is the same as another one.
   *
   * @throws ProblemError `unknown-actor`, `merge-cycle`, `already-merged`
   */
  merge(actor: string, merge: MergeInput, context: WriteContext): Promise<Written>;
  /**
   * Says that an actor is one of its own after all. The same again, with the same reason, is a duplicate.
   *
   * @throws ProblemError `unknown-actor`, `not-merged`
   */
  unmerge(actor: string, reason: string | undefined, context: WriteContext): Promise<Written>;
  /**
   * Says that an actor belongs to a group.
   *
   * @throws ProblemError `unknown-actor`, `membership-cycle`
   */
  addMembership(actor: string, membership: Membership, context: WriteContext): Promise<Written>;
  /**
   * Says how a proposition is related to another one.
   *
   * @throws ProblemError `unknown-proposition`, `relation-cycle`, `relation-conflict`
   */
  relate(proposition: string, relation: Relation, context: WriteContext): Promise<Written>;
  /**
   * Says what a topic is, the whole of it. `isNew`: nobody had defined it before.
   *
   * @throws ProblemError `unknown-topic`, `topic-cycle`
   */
  putTopic(
    id: string,
    topic: TopicInput,
    context: WriteContext,
  ): Promise<Replacing<TopicInput> & { readonly isNew: boolean }>;
}

type RegistryEventType = RegistryEvent['type'];

/** Gives the event that said the same, `null` where there is something to write; throws where it is refused. */
type Decide = (content: RegistryContent) => RegistryEvent | null;

export const createRegistry = (store: Store, references: References, newId: NewId): Registry => {
  const recorded = createRecordedRegistry(store);

  const write = <Type extends RegistryEventType>(
    type: Type,
    data: EventDataOf<Type>,
    context: WriteContext,
    decide: Decide,
  ): Promise<Written> =>
    writeToStream(store, registryStream, async () => {
      const content = await recorded.catchUp();
      const { revision } = content;
      const same = decide(content);
      if (same !== null) return duplicateOf(same);
      return { append: newEvent(newId, context, type, data), after: revision };
    });

  return {
    async survivors() {
      const { merges } = await recorded.catchUp();
      return (actor) => merges.survivorOf(actor);
    },

    async merge(actor, merge, context) {
      await references.require([
        { kind: 'actor', id: actor, path: 'id' },
        { kind: 'actor', id: merge.into, path: 'into' },
      ]);
      const data = { actorId: actor, ...merge };
      return write('ActorMerged', data, context, ({ merges }) => merges.decideMerge(data));
    },

    async unmerge(actor, reason, context) {
      await references.require([{ kind: 'actor', id: actor, path: 'id' }]);
      const data = { actorId: actor, ...(reason === undefined ? {} : { reason }) };
      return write('ActorUnmerged', data, context, ({ merges }) => merges.decideUnmerge(data));
    },

    async addMembership(actor, membership, context) {
      const { group, onBehalfOf } = membership;
      await references.require([
        { kind: 'actor', id: actor, path: 'id' },
        { kind: 'actor', id: group, path: 'group' },
        ...(onBehalfOf === undefined ? [] : [{ kind: 'actor' as const, id: onBehalfOf, path: 'onBehalfOf' }]),
      ]);
      const data = { actorId: actor, ...membership };
      return write('MembershipRecorded', data, context, ({ memberships }) => memberships.decide(data));
    },

    async relate(proposition, relation, context) {
      await references.require([
        { kind: 'proposition', id: proposition, path: 'id' },
        { kind: 'proposition', id: relation.to, path: 'to' },
      ]);
      const data = { from: proposition, ...relation };
      return write('PropositionRelated', data, context, ({ relations }) => relations.decide(data));
    },

    async putTopic(id, topic, context) {
      const data = { topicId: id, ...topic };
      let former = null as TopicInput | null;
      const written = await write('TopicDefined', data, context, ({ topics }) => {
        former = topics.described(id);
        return topics.decide(data);
      });
      return { ...replacing(written, former ?? undefined), isNew: former === null };
    },
  };
};
