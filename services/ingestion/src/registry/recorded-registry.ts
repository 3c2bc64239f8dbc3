import { registryStream } from '@stance/contracts';
import type { StanceEvent } from '@stance/contracts';

import { readEvents } from '../read-events.ts';
import type { Store } from '../store.ts';
import { createMemberships } from './memberships.ts';
import type { Memberships } from './memberships.ts';
import { createMerges } from './merges.ts';
import type { Merges } from './merges.ts';
import { createRelations } from './relations.ts';
import type { Relations } from './relations.ts';
import { createTopics } from './topics.ts';
import type { Topics } from './topics.ts';

/** What the stream `registry` says, as far as it was read. */
export interface RegistryContent {
  /** Of the last event that was read; -1 where there is none. */
  readonly revision: number;
  readonly merges: Merges;
  readonly memberships: Memberships;
  readonly relations: Relations;
  readonly topics: Topics;
}

export interface RecordedRegistry {
  /**
   * Reads on from the last revision known: what everybody has written by now is in it.
   *
   * @throws ProblemError `stream-unreadable`, or a failure of the store
   */
  catchUp(): Promise<RegistryContent>;
}

const eventsAPage = 1000;

/** Keeps the registry in memory: its stream grows for ever, and every write to it rests on the whole of it. */
export const createRecordedRegistry = (store: Store): RecordedRegistry => {
  const content = {
    revision: -1,
    merges: createMerges(),
    memberships: createMemberships(),
    relations: createRelations(),
    topics: createTopics(),
  };

  const apply = (event: StanceEvent): void => {
    // Two that catch up at once read the same events.
    if (event.revision !== content.revision + 1) return;
    if (event.type === 'ActorMerged' || event.type === 'ActorUnmerged') content.merges.apply(event);
    else if (event.type === 'MembershipRecorded') content.memberships.apply(event);
    else if (event.type === 'PropositionRelated') content.relations.apply(event);
    else if (event.type === 'TopicDefined') content.topics.apply(event);
    content.revision = event.revision;
  };

  return {
    async catchUp() {
      for (;;) {
        const events = await readEvents(store, registryStream, { from: content.revision + 1, limit: eventsAPage });
        for (const event of events) apply(event);
        if (events.length < eventsAPage) return content;
      }
    },
  };
};
