import { setTimeout as delay } from 'node:timers/promises';

import { defaultMethod } from '@stance/domain';
import { createPublisher } from '@stance/feed';
import type { FeedStore } from '@stance/feed';
import { createProjection } from '@stance/projection';
import { openChangeSetReader, openFeedStore, openReadModelWriter } from '@stance/stores';

import { createBoundPublisher } from './bound-publisher.ts';
import { follow } from './follow.ts';
import { faultOf } from './messages.ts';
import type { FromWorker, WorkerOptions } from './messages.ts';
import { openSource } from './source.ts';
import type { Source } from './source.ts';
import type { WakeUp } from './wake-up.ts';

export interface ProjectContext {
  readonly send: (message: FromWorker) => void;
  readonly wakeUp: WakeUp;
  readonly stopping: AbortSignal;
}

/** How often whoever stands by looks whether it is his turn, in milliseconds. */
const standByInterval = 500;

/** The feed store, once nobody else publishes to it; `null` once there is no use for it any more. */
const feedInTurn = async (
  { feedStore, standsBy }: WorkerOptions,
  { send }: ProjectContext,
  over: AbortSignal,
): Promise<FeedStore | null> => {
  while (!over.aborted) {
    try {
      return await openFeedStore(feedStore);
    } catch (error) {
      if (!standsBy || faultOf(error).code !== 'feed-in-use') throw error;
      send({ kind: 'standing-by' });
      // Aborted, it has waited long enough.
      await delay(standByInterval, undefined, { signal: over }).catch(() => undefined);
    }
  }
  return null;
};

/** Projects and publishes until it is somebody else's turn. */
const projectUntil = async (
  over: AbortSignal,
  source: Source,
  options: WorkerOptions,
  context: ProjectContext,
): Promise<void> => {
  const { send, wakeUp } = context;
  await using opened = new AsyncDisposableStack();
  const closed = <Closable extends { close(): Promise<void> }>(closable: Closable): Closable =>
    opened.adopt(closable, (each) => each.close());
  const writer = closed(await openReadModelWriter(options.readModel, defaultMethod));
  const changes = closed(await openChangeSetReader(options.readModel));
  const feed = await feedInTurn(options, context, over);
  if (feed === null) return;
  closed(feed);
  const projection = await createProjection({ source, writer, method: defaultMethod });
  const publisher = await createBoundPublisher({ source, feed, publisher: createPublisher({ changes, feed }) });
  const { recordedAt } = await writer.checkpoint();
  const head = await source.head();
  send({
    kind: 'ready',
    progress: {
      position: projection.position(),
      recordedAt,
      head,
      lag: source.lag(projection.position(), head),
      parkedStreams: projection.parkedStreams(),
      feedHead: await feed.head(),
      feedPosition: 0,
      caughtUp: false,
    },
  });
  await follow({
    head: () => source.head(),
    lag: source.lag,
    projection,
    publisher,
    wakeUp,
    yieldsToWriters: options.broker === null,
    stopping: over,
    onProgress: (progress) => {
      send({ kind: 'progress', progress });
    },
    onRetry: (fault, delay) => {
      send({ kind: 'retrying', fault, delay });
    },
  });
};

/** Projects and publishes whenever it is this process's turn, until told to stop. @throws whatever cannot pass. */
export const project = async (options: WorkerOptions, context: ProjectContext): Promise<void> => {
  const { send, wakeUp, stopping } = context;
  await using source = new AsyncDisposableStack();
  const opened = source.adopt(
    await openSource({
      ...options,
      onNews: () => wakeUp.ring(),
      onFault: (fault) => send({ kind: 'source', fault }),
    }),
    (each) => each.close(),
  );
  // Who stands by shall learn at the start that it could not take over.
  await (await openReadModelWriter(options.readModel, defaultMethod)).close();
  for (;;) {
    const turn = opened.whenActive(stopping);
    if (options.broker !== null) send({ kind: 'standing-by' });
    const ended = await turn;
    if (ended === null) return;
    await projectUntil(AbortSignal.any([stopping, ended]), opened, options, context);
    if (stopping.aborted) return;
  }
};
