import type { EventSourceMessage } from 'eventsource-parser';

import type { Query } from '../call/query-string.ts';
import { notTheService } from '../call/refusal.ts';
import type { Backoff } from '../call/retry.ts';
import type { Transport } from '../call/transport.ts';
import type { CallOptions } from '../call/write.ts';
import { ClientError } from '../client-error.ts';
import { openConnection } from './connection.ts';

export interface FollowOptions extends CallOptions {
  /**
   * How long the connection may be without a byte before it is taken for dead and made anew, in milliseconds: three of
   * the service's heartbeats. Default: 45,000.
   */
  readonly silence?: number | undefined;
  /** Called when the connection was lost and is to be made anew. */
  readonly onReconnect?: ((error: ClientError) => void) | undefined;
}

export interface Stream<Type extends string> extends FollowOptions {
  readonly transport: Transport;
  readonly path: string;
  readonly query: Query;
  /** The events that are known; others, of later versions of the service, are passed over. */
  readonly types: readonly Type[];
}

/** Three heartbeats of the service. */
const defaultSilence = 45_000;

/**
 * The events of a stream, through whatever happens to connection and service: each one once, none left out. Until it was
 * connected once it gives up as any call does; from then on it never does. Ends where the signal is aborted.
 *
 * @throws ClientError where the service refuses to go on: what is asked for does not exist, a token is needed
 */
export const follow = async function* <Event extends { readonly type: string }>(
  stream: Stream<Event['type']>,
): AsyncGenerator<Event, void, undefined> {
  const { transport, path, query, silence = defaultSilence, types, onReconnect } = stream;
  const signal = transport.until(stream.signal);
  const attempts = createAttempts(transport);
  let after = query['after'];
  try {
    for (;;) {
      try {
        const connection = openConnection({
          transport,
          path,
          query: { ...query, after },
          signal,
          silence,
          onRetry: attempts.setWait,
        });
        for await (const message of connection) {
          attempts.connected();
          after = message.id ?? after;
          if (types.some((known) => known === message.event)) yield toldEvent(message, transport.baseUrl) as Event;
        }
        throw new ClientError('connection-lost', 'The service ended the stream', { retryable: true });
      } catch (error) {
        const failure = transport.failed(error, { method: 'GET', path, signal });
        if (failure.retryable) onReconnect?.(failure);
        await attempts.wait(failure, signal);
      }
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
};

interface Attempts {
  /** Something came. */
  connected(): void;
  /** @throws the failure, where there never was a connection and it is time to give up; ClientError `aborted` */
  wait(failure: ClientError, signal: AbortSignal | undefined): Promise<void>;
  /** @param milliseconds how long to wait at first, as the service wishes */
  setWait(milliseconds: number): void;
}

const createAttempts = (transport: Transport): Attempts => {
  let backoff: Backoff = transport.backoff();
  let firstWait: number | undefined;
  const unending = (): Backoff =>
    transport.backoff({ tries: Number.POSITIVE_INFINITY, ...(firstWait === undefined ? {} : { firstWait }) });
  return {
    connected: () => {
      backoff = unending();
    },
    wait: async (failure, signal) => backoff.waitAfter(failure, signal),
    setWait: (milliseconds) => {
      firstWait = milliseconds;
    },
  };
};

const toldEvent = ({ event, id, data }: EventSourceMessage, baseUrl: string): object => {
  try {
    return { type: event, id, ...(JSON.parse(data) as object) };
  } catch (cause) {
    throw notTheService(baseUrl, `The data of an event are not JSON: ${data.slice(0, 80)}`, { cause });
  }
};
