import { defaultMethod } from '@stance/domain';
import { openChangeSetReader, openFeedStore, openReadModelWriter } from '@stance/stores';

import type { WorkerOptions } from './messages.ts';
import { openSource } from './source.ts';
import { projectInTurns } from './turns.ts';
import type { ProjectContext } from './turns.ts';

/** Projects and publishes as configured, until told to stop. @throws whatever cannot pass. */
export const project = async (options: WorkerOptions, context: ProjectContext): Promise<void> => {
  const { readModel, feedStore, broker, standsBy } = options;
  const { send, wakeUp } = context;
  await using opened = new AsyncDisposableStack();
  const source = opened.adopt(
    await openSource({
      ...options,
      onNews: () => wakeUp.ring(),
      onFault: (fault) => send({ kind: 'source', fault }),
    }),
    (each) => each.close(),
  );
  const stores = {
    openWriter: () => openReadModelWriter(readModel, defaultMethod),
    openChanges: () => openChangeSetReader(readModel),
    openFeed: () => openFeedStore(feedStore),
  };
  await projectInTurns({ source, stores, standsBy, isShared: broker !== null }, context);
};
