import type { Transform } from 'node:stream';

import { streamNameFilter, type AllStreamResolvedEvent, type EventStoreDBClient } from '@eventstore/db-client';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';

import { toPosition } from './log-reads.ts';

/** What a subscription says, in the order in which the server said it. */
export type Said =
  | { readonly kind: 'event'; readonly resolved: AllStreamResolvedEvent }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'fell-behind' };

/** How many events the server looks at between two checkpoints. */
const checkpointEvery = 1000;
const searchWindow = 500;

/** How many events are taken from the network ahead of who iterates. */
const takenAhead = 256;

/** What the client's subscription is, beyond what its types say. */
type Subscription = Transform & {
  unsubscribe(): Promise<void>;
  convertGrpcEvent: (event: ReadResp.ReadEvent) => AllStreamResolvedEvent;
};

export interface LogSubscriptionOptions {
  /** Events after this position; 0 for all. */
  readonly after: number;
  readonly streamPrefix: string;
  readonly credentials: { readonly username: string; readonly password: string };
}

/**
 * One subscription to `$all`, filtered by the server, as long as it lasts: it ends with an error where the server or the
 * network ends it, and never by itself. Back-pressure reaches the server.
 *
 * The client (6.2.1) calls back for checkpoints, and emits that it has caught up, when it reads them from the network: ahead
 * of the events that wait in its buffer. Here they go through that buffer too, so that all comes in one order.
 */
export function subscribeToLog(
  client: EventStoreDBClient,
  { after, streamPrefix, credentials }: LogSubscriptionOptions,
): AsyncIterable<Said> & { cancel(): void } {
  const options = { maxSearchWindow: searchWindow, checkpointInterval: checkpointEvery / searchWindow };
  const subscription = client.subscribeToAll(
    {
      fromPosition: toPosition(after),
      filter:
        streamPrefix === ''
          ? streamNameFilter({ ...options, regex: '^[^$]' })
          : streamNameFilter({ ...options, prefixes: [streamPrefix] }),
      requiresLeader: true,
      credentials: { ...credentials },
    },
    { highWaterMark: takenAhead },
  ) as unknown as Subscription;

  subscription._transform = (response: ReadResp, _encoding, done) => {
    const resolved = response.getEvent();
    if (resolved !== undefined) done(null, { kind: 'event', resolved: subscription.convertGrpcEvent(resolved) });
    else if (response.hasCheckpoint()) done(null, { kind: 'checkpoint' });
    else if (response.hasCaughtUp()) done(null, { kind: 'caught-up' });
    else if (response.hasFellBehind()) done(null, { kind: 'fell-behind' });
    else done();
  };
  // It may tell of a broken connection when nobody iterates any more.
  subscription.on('error', () => undefined);

  return {
    [Symbol.asyncIterator]: () => (subscription as AsyncIterable<Said>)[Symbol.asyncIterator](),
    cancel() {
      void subscription.unsubscribe().catch(() => undefined);
      subscription.destroy();
    },
  };
}
