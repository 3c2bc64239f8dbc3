import { defaultMethod } from '@stance/domain';
import { openChangeSetReader, openFeedStore, openReadModelWriter, openVersionCatalogue } from '@stance/stores';

import { faultOf } from './messages.ts';
import type { WorkerOptions } from './messages.ts';
import { openSource } from './source.ts';
import { openVersionHost } from './versions/version-host.ts';
import { projectInTurns } from './turns.ts';
import type { ProjectContext, ProjectorStores } from './turns.ts';

/** Who stands by shall learn at the start that it could not take over. @throws whatever would keep it from that. */
const checkStores = async ({ openWriter, openFeed }: ProjectorStores): Promise<void> => {
  await (await openWriter()).close();
  try {
    await (await openFeed()).close();
  } catch (error) {
    if (faultOf(error).code !== 'feed-in-use') throw error;
  }
};

/** Projects and publishes as configured, until told to stop. @throws whatever cannot pass. */
export const project = async (options: WorkerOptions, context: ProjectContext): Promise<void> => {
  const { eventStore, readModel, feedStore, broker, standsBy } = options;
  const { send, wakeUp } = context;
  const stores: ProjectorStores = {
    openWriter: () => openReadModelWriter(readModel, defaultMethod),
    openChanges: () => openChangeSetReader(readModel),
    openFeed: () => openFeedStore(feedStore),
    openVersions: async (serving) => {
      const catalogue = await openVersionCatalogue(readModel);
      try {
        const host = await openVersionHost({ ...serving, eventStore, readModel, catalogue, yields: broker === null });
        return {
          ...host,
          close: async () => {
            await host.close();
            await catalogue.close();
          },
        };
      } catch (error) {
        await catalogue.close();
        throw error;
      }
    },
  };
  // Before it takes a place in the group.
  if (broker !== null) await checkStores(stores);
  await using opened = new AsyncDisposableStack();
  const source = opened.adopt(
    await openSource({
      ...options,
      onNews: () => wakeUp.ring(),
      onFault: (fault) => send({ kind: 'source', fault }),
    }),
    (each) => each.close(),
  );
  await projectInTurns({ source, stores, standsBy, isShared: broker !== null }, context);
};
