import { ProblemError, registryStream } from '@stance/contracts';
import type { StanceEvent } from '@stance/contracts';
import type { StoredEvent } from '@stance/event-store';

import { decodeEvents } from '../read-events.ts';
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

  /** Whether a later event says that one of the registry itself, which cannot be read, counts for nothing. */
  const isSkipped = async (revision: number): Promise<boolean> => {
    for (let from = revision + 1; ; from += eventsAPage) {
      const page = await store.readStream(registryStream, { from, limit: eventsAPage });
      for (const stored of page) {
        if (stored.type !== 'EventSkipped') continue;
        const [event] = decodeEvents(registryStream, [stored]);
        if (event?.type !== 'EventSkipped') continue;
        if (event.data.stream === registryStream && event.data.revision === revision) return true;
      }
      if (page.length < eventsAPage) return false;
    }
  };

  /** @throws ProblemError `stream-unreadable` where it cannot be read, and nobody has skipped it */
  const applyStored = async (stored: StoredEvent): Promise<void> => {
    try {
      for (const event of decodeEvents(registryStream, [stored])) apply(event);
    } catch (error) {
      if (!(error instanceof ProblemError) || !(await isSkipped(stored.revision))) throw error;
      if (stored.revision === content.revision + 1) content.revision = stored.revision;
    }
  };

  return {
    async catchUp() {
      for (;;) {
        const page = await store.readStream(registryStream, { from: content.revision + 1, limit: eventsAPage });
        for (const stored of page) await applyStored(stored);
        if (page.length < eventsAPage) return content;
      }
    },
  };
};
