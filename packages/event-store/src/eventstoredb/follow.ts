import { EventStoreError } from '../errors.ts';
import type { StoredEvent } from '../event-store.ts';
import { pauseAfter, type BackoffOptions, type Rest } from './backoff.ts';
import type { Connection } from './connection.ts';
import { subscribeToLog } from './log-subscription.ts';
import { toEventStoreError } from './server-failure.ts';
import { fromStoredForm } from './stored-form.ts';

/** What whoever follows the log is given, in this order. */
export type Followed =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  /** All events up to here have been given before: from here one can go on after a restart. */
  | { readonly kind: 'checkpoint'; readonly position: number }
  /** All that was in the log has been given; what follows is new. */
  | { readonly kind: 'caught-up'; readonly position: number }
  /** What follows is behind again: the server has turned from pushing to reading, or the connection was lost. */
  | { readonly kind: 'fell-behind'; readonly position: number };

export interface FollowStatus {
  /** `catching-up`: connected, and behind; `live`: given all there is; `down`: not connected, and trying again. */
  readonly state: 'connecting' | 'catching-up' | 'live' | 'down' | 'ended';
  /** Milliseconds since the epoch at which the state became this one. */
  readonly since: number;
  /** How often it had to subscribe again. */
  readonly restarts: number;
  /** Why it is down. */
  readonly failure?: EventStoreError;
}

export interface FollowOptions {
  /** Events after this position; 0 for all. */
  readonly after: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** To be iterated once. */
export interface FollowedLog extends AsyncIterable<Followed> {
  /** For readiness: ready is who is `live`, or has been a moment ago. */
  status(): FollowStatus;
}

export interface FollowParts {
  readonly connection: Connection;
  readonly streamPrefix: string;
  readonly backoff: BackoffOptions;
  readonly rest: Rest;
  readonly clock: () => number;
}

/**
 * Follows the log from a position on, over one subscription at a time, and subscribes again whatever ends it: it never
 * gives up and never throws but for an event that is not one of this event store. Each event is given once, in order of
 * position, however often the server sends it. Who iterates slowly slows down the server, not the other way round.
 *
 * Where it goes on, and what it calls a checkpoint, is the last event that was given, never what the server sends as one:
 * that has been repeated, ahead of events, or the end of the log, in one version or another.
 */
export function followLog(parts: FollowParts, { after, signal }: FollowOptions): FollowedLog {
  const { connection, streamPrefix, backoff, rest, clock } = parts;
  const { place, credentials } = connection.server;
  let status: FollowStatus = { state: 'connecting', since: clock(), restarts: 0 };
  let position = after;
  let failures = 0;
  /** What was told last of whether it is behind. */
  let toldBehind = true;

  function turn(state: FollowStatus['state'], failure?: EventStoreError): void {
    if (state === status.state && failure === undefined) return;
    const restarts = status.restarts + (state === 'down' ? 1 : 0);
    status = { state, since: clock(), restarts, ...(failure === undefined ? {} : { failure }) };
  }

  /** Gives what one subscription gives. Throws what ends it. */
  async function* once(abort: AbortSignal): AsyncGenerator<Followed, void> {
    const held = holdClient(connection);
    const client = await held.client;
    const subscription = subscribeToLog(client, { after: position, streamPrefix, credentials });
    const cancel = (): void => subscription.cancel();
    abort.addEventListener('abort', cancel);
    let failure: unknown;
    try {
      if (abort.aborted) return;
      for await (const said of subscription) {
        failures = 0;
        if (said.kind === 'event') {
          const event =
            said.resolved.event === undefined ? null : fromStoredForm(said.resolved.event, { streamPrefix, place });
          if (event === null || event.position <= position) continue;
          if (status.state !== 'live') turn('catching-up');
          ({ position } = event);
          yield { kind: 'event', event };
        } else {
          if (said.kind === 'caught-up') turn('live');
          if (said.kind === 'fell-behind') turn('catching-up');
          if (said.kind !== 'checkpoint') toldBehind = said.kind === 'fell-behind';
          yield { kind: said.kind, position };
        }
      }
      throw new EventStoreError('event-store-unavailable', `${place}: the server ended the subscription`, {
        retryable: true,
      });
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      abort.removeEventListener('abort', cancel);
      subscription.cancel();
      held.release(failure);
    }
  }

  async function* follow(): AsyncGenerator<Followed, void> {
    const abort = signal ?? new AbortController().signal;
    try {
      while (!abort.aborted) {
        try {
          yield* once(abort);
        } catch (error) {
          if (abort.aborted) return;
          const failure = toEventStoreError(error, place);
          if (failure.code === 'event-store-foreign-file' || failure.code === 'event-store-closed') throw failure;
          turn('down', failure);
        }
        if (!toldBehind) yield { kind: 'fell-behind', position };
        toldBehind = true;
        failures += 1;
        await rest(pauseAfter(failures, backoff), abort);
      }
    } finally {
      turn('ended');
    }
  }

  return { [Symbol.asyncIterator]: follow, status: () => status };
}

/** A client kept for as long as a generator wants it: a generator cannot be the action of {@link Connection.use}. */
function holdClient(connection: Connection) {
  const released = Promise.withResolvers<void>();
  const given = Promise.withResolvers<Parameters<Parameters<Connection['use']>[0]>[0]>();
  connection
    .use((client) => {
      given.resolve(client);
      return released.promise;
    })
    .catch((error: unknown) => given.reject(error));
  return {
    client: given.promise,
    release(failure: unknown): void {
      if (failure === undefined) released.resolve();
      else released.reject(failure);
    },
  };
}
