import { defaultMethod } from '@stance/domain';
import { createPublisher } from '@stance/feed';
import type { FeedStore } from '@stance/feed';
import { createProjection } from '@stance/projection';
import type { ChangeSetReader, ProjectionWriter } from '@stance/read-model';

import { ProjectorError } from './errors.ts';
import { createBoundPublisher } from './bound-publisher.ts';
import { machineClock } from './clock.ts';
import type { ProjectorClock } from './clock.ts';
import type { Commands } from './commands.ts';
import { follow } from './follow.ts';
import { faultOf } from './messages.ts';
import type { CommandAnswer, FromWorker, ProjectionCommand } from './messages.ts';
import { handleParked } from './parked-events.ts';
import type { Source } from './source.ts';
import type { Handled, VersionHost, VersionHostOptions } from './versions/version-host.ts';
import type { WakeUp } from './wake-up.ts';

export interface ProjectContext {
  readonly send: (message: FromWorker) => void;
  readonly wakeUp: WakeUp;
  readonly commands?: Commands;
  readonly stopping: AbortSignal;
  readonly clock?: ProjectorClock;
}

/** Where a projector writes, and reads what it has written: opened anew for each turn. */
export interface ProjectorStores {
  openWriter(): Promise<ProjectionWriter>;
  openChanges(): Promise<ChangeSetReader>;
  openFeed(): Promise<FeedStore>;
  /** Makes versions of the read model beside the one that serves; left out where there is only that one. */
  openVersions?(serving: ServingVersion): Promise<VersionHost>;
}

export type ServingVersion = Pick<VersionHostOptions, 'writer' | 'projection' | 'source' | 'onChange' | 'onRetry'>;

export interface TurnsOptions {
  readonly source: Source;
  readonly stores: ProjectorStores;
  /** Whether it waits where another one publishes to the feed, rather than fail. */
  readonly standsBy: boolean;
  /** Whether it may be another one's turn from the start. */
  readonly isShared: boolean;
}

/** How often whoever stands by looks whether it is his turn, in milliseconds. */
const standByInterval = 500;

/** The feed store, once nobody else publishes to it; `null` once there is no use for it any more. */
const feedInTurn = async (
  { stores, standsBy }: TurnsOptions,
  { send, clock = machineClock }: ProjectContext,
  over: AbortSignal,
): Promise<FeedStore | null> => {
  while (!over.aborted) {
    try {
      return await stores.openFeed();
    } catch (error) {
      if (!standsBy || faultOf(error).code !== 'feed-in-use') throw error;
      send({ kind: 'standing-by' });
      await clock.rest(standByInterval, over);
    }
  }
  return null;
};

/** What is open of the version that serves. */
interface Serving extends AsyncDisposable {
  readonly writer: ProjectionWriter;
  readonly changes: ChangeSetReader;
}

const openServing = async ({ openWriter, openChanges }: ProjectorStores): Promise<Serving> => {
  const writer = await openWriter();
  try {
    const changes = await openChanges();
    return {
      writer,
      changes,
      async [Symbol.asyncDispose]() {
        await changes.close();
        await writer.close();
      },
    };
  } catch (error) {
    await writer.close();
    throw error;
  }
};

/** Projects into the version that serves, and publishes its changes, until the turn ends or another version serves. */
const projectInto = async (
  { writer, changes }: Serving,
  feed: FeedStore,
  ended: AbortSignal,
  { source, stores, isShared }: TurnsOptions,
  { send, wakeUp, commands, clock }: ProjectContext,
): Promise<void> => {
  const projection = await createProjection({ source, writer, method: defaultMethod });
  const publisher = await createBoundPublisher({
    source: source.origin,
    feed,
    publisher: createPublisher({ changes, feed }),
  });
  const versions = await stores.openVersions?.({
    writer,
    projection,
    source: source.origin,
    onChange: (all) => send({ kind: 'versions', versions: all }),
    onRetry: (fault) => send({ kind: 'retrying', fault, delay: 0 }),
  });
  await using _versions = { [Symbol.asyncDispose]: async () => versions?.close() };
  const handle = async (command: ProjectionCommand): Promise<Handled<CommandAnswer>> => {
    if ('stream' in command) return handleParked(projection, writer, command);
    if (versions !== undefined) return versions.handle(command);
    throw new ProjectorError('version-refused', 'there is only one version of this read model');
  };
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
    work: async () => (await commands?.work(handle)) ?? false,
    head: () => source.head(),
    lag: source.lag,
    projection,
    publisher,
    wakeUp,
    // Behind a broker, writers have processes of their own.
    yieldsToWriters: !isShared,
    stopping: versions === undefined ? ended : AbortSignal.any([ended, versions.over]),
    onProgress: (progress) => {
      send({ kind: 'progress', progress });
    },
    onRetry: (fault, delay) => {
      send({ kind: 'retrying', fault, delay });
    },
    ...(clock === undefined ? {} : { clock }),
  });
};

/** Projects and publishes until it is somebody else's turn. */
const takeTurn = async (ended: AbortSignal, options: TurnsOptions, context: ProjectContext): Promise<void> => {
  let serving: Serving | null = await openServing(options.stores);
  try {
    const feed = await feedInTurn(options, context, ended);
    if (feed === null) return;
    await using _feed = { [Symbol.asyncDispose]: () => feed.close() };
    // What is asked while another version takes over waits for it.
    using _attending = context.commands?.attend();
    while (!ended.aborted) {
      serving ??= await openServing(options.stores);
      await projectInto(serving, feed, ended, options, context);
      await serving[Symbol.asyncDispose]();
      serving = null;
    }
  } finally {
    await serving?.[Symbol.asyncDispose]();
  }
};

/** Projects and publishes whenever it is this process's turn, until told to stop. @throws whatever cannot pass. */
export const projectInTurns = async (options: TurnsOptions, context: ProjectContext): Promise<void> => {
  const { source, isShared } = options;
  const { send, stopping } = context;
  for (;;) {
    const turn = source.whenActive(stopping);
    if (isShared) send({ kind: 'standing-by' });
    const ended = await turn;
    if (ended === null) return;
    await takeTurn(AbortSignal.any([stopping, ended]), options, context);
    if (stopping.aborted) return;
  }
};
