import { createParser, type EventSourceMessage } from 'eventsource-parser';

import { ClientError } from '../client-error.ts';
import { readText } from '../call/read-text.ts';
import { notTheService } from '../call/refusal.ts';
import type { Query } from '../call/query-string.ts';
import type { Transport } from '../call/transport.ts';

export interface ConnectionOptions {
  readonly transport: Transport;
  readonly path: string;
  readonly query: Query;
  readonly signal: AbortSignal | undefined;
  /** How long there may be no byte before the connection is taken for dead, in milliseconds. */
  readonly silence: number;
  /** Called with what the service says how long to wait before connecting again, in milliseconds. */
  readonly onRetry: (milliseconds: number) => void;
}

/** An event is far below that; what grows beyond it is none. */
const longestEvent = 16 * 1024 * 1024;

/**
 * The events of one connection, until it ends. The next bytes are taken from the socket when the events in the last ones
 * were taken: who is slow slows the service down, and nothing piles up here.
 *
 * @throws ClientError
 */
export const openConnection = async function* (options: ConnectionOptions): AsyncGenerator<EventSourceMessage> {
  const { transport, path, query, silence } = options;
  const dead = new AbortController();
  const signal = options.signal === undefined ? dead.signal : AbortSignal.any([options.signal, dead.signal]);
  try {
    const response = await transport.open({ method: 'GET', path, query, accept: 'text/event-stream', signal });
    const type = response.headers.get('content-type') ?? 'nothing';
    if (response.body === null || !type.startsWith('text/event-stream'))
      throw notTheService(transport.baseUrl, `It answered with ${type} where a stream of events was asked for`);

    let came: EventSourceMessage[] = [];
    let fault: Error | undefined;
    const parser = createParser({
      onEvent: (event) => came.push(event),
      onRetry: options.onRetry,
      onError: (error) => {
        // Fields that are not known are none of our business; what is too long is.
        if (error.type === 'max-buffer-size-exceeded') fault = error;
      },
      maxBufferSize: longestEvent,
    });
    for await (const text of readText(response.body, () => watch(dead, silence))) {
      parser.feed(text);
      if (fault !== undefined) throw notTheService(transport.baseUrl, fault.message, { cause: fault });
      const events = came;
      came = [];
      yield* events;
    }
  } catch (error) {
    if (dead.signal.aborted && options.signal?.aborted !== true)
      throw new ClientError('connection-lost', `${transport.baseUrl} gave no sign of life for ${silence} ms`, {
        retryable: true,
        call: `GET ${path}`,
        cause: error,
      });
    throw transport.failed(error, { method: 'GET', path, signal: options.signal });
  }
};

/** Ends a connection that gives no sign of life; gives what ends the watch. */
const watch = (dead: AbortController, silence: number): (() => void) => {
  const timer = setTimeout(() => dead.abort(), silence);
  return () => clearTimeout(timer);
};
