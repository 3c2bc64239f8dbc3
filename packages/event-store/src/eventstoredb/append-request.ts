import { NO_STREAM, WrongExpectedVersionError, type AppendResult as ServerResult } from '@eventstore/db-client';

import { EventStoreError } from '../errors.ts';
import type { AppendRequest, AppendResult, StoredEvent } from '../event-store.ts';
import { pauseAfter, type BackoffOptions, type Rest } from './backoff.ts';
import type { Connection } from './connection.ts';
import { isAnswer, toEventStoreError } from './server-failure.ts';
import { toStoredForm } from './stored-form.ts';

export interface RequestAppenderOptions {
  readonly connection: Connection;
  readonly streamPrefix: string;
  /** For one attempt, in milliseconds. */
  readonly deadlineMs: number;
  /** How often one request is sent before its outcome is left open. */
  readonly attempts: number;
  readonly backoff: BackoffOptions;
  readonly rest: Rest;
  /** The events of a stream from a revision on. */
  readonly readStream: (stream: string, from: number, limit: number) => Promise<StoredEvent[]>;
}

/**
 * Appends one request, whatever happens to single attempts.
 *
 * After a failure that is not an answer of the server the outcome is unknown. The same request, with the ids and the
 * expected revision it had, is sent again: where it had taken effect the server answers as the first time. Where no attempt
 * is answered, the stream is read back.
 *
 * @throws EventStoreError `event-store-unavailable` where the outcome stays unknown; `event-store-denied`,
 *   `event-store-too-large`, `event-store-stream-deleted`: nothing was written.
 */
export type RequestAppender = (request: AppendRequest, recordedAt: number) => Promise<AppendResult>;

export function createRequestAppender(options: RequestAppenderOptions): RequestAppender {
  const { connection, streamPrefix, deadlineMs, attempts, backoff, rest, readStream } = options;
  const { place, credentials } = connection.server;

  function send({ stream, expectedRevision, events }: AppendRequest, recordedAt: number): Promise<ServerResult> {
    const stored = events.map((event) => toStoredForm(event, recordedAt));
    return connection.use((client) =>
      client.appendToStream(`${streamPrefix}${stream}`, stored, {
        expectedRevision: expectedRevision === -1 ? NO_STREAM : BigInt(expectedRevision),
        requiresLeader: true,
        deadline: deadlineMs,
        // With credentials of its own a call goes by itself, instead of through the one table of the process in which the
        // client (6.2.1) keeps all pending batch appends, and which one broken connection empties for everybody.
        credentials,
      }),
    );
  }

  /** What the stream says of a request that was not answered; `null` where it says nothing, or cannot be read. */
  async function readBack({ stream, expectedRevision, events }: AppendRequest): Promise<AppendResult | null> {
    const from = expectedRevision + 1;
    const there = await readStream(stream, from, events.length).catch(() => []);
    const last = there.at(-1);
    if (last === undefined) return null;
    if (there.length === events.length && there.every(({ id }, index) => id === events[index]?.id)) {
      return { outcome: 'appended', revision: last.revision, position: last.position };
    }
    // Others went on after the expected revision, so that this request can no longer take effect: by how far they went it
    // will be told when it is sent again.
    return null;
  }

  async function positionOf(request: AppendRequest, revision: number, result: ServerResult): Promise<number> {
    const position = Number(result.position?.commit ?? -1n);
    if (Number.isSafeInteger(position) && position >= 0) return position;
    const [last] = await readStream(request.stream, revision, 1);
    if (last !== undefined) return last.position;
    throw new EventStoreError('event-store-unavailable', `${place}: what was appended cannot be read back yet`, {
      retryable: true,
    });
  }

  return async (request, recordedAt) => {
    let failure: unknown;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      try {
        const result = await send(request, recordedAt);
        // Not what the answer calls the next revision: for a retry that can be the last one of the stream.
        const revision = request.expectedRevision + request.events.length;
        return { outcome: 'appended', revision, position: await positionOf(request, revision, result) };
      } catch (error) {
        if (error instanceof WrongExpectedVersionError) {
          const { actualVersion } = error;
          return {
            outcome: 'wrong-revision',
            actualRevision: typeof actualVersion === 'bigint' ? Number(actualVersion) : -1,
          };
        }
        if (isAnswer(error)) throw toEventStoreError(error, place);
        failure = error;
        if (attempt < attempts) await rest(pauseAfter(attempt, backoff));
      }
    }
    const settled = await readBack(request);
    if (settled !== null) return settled;
    throw unknownOutcome(failure, place);
  };
}

function unknownOutcome(cause: unknown, place: string): EventStoreError {
  const { message } = toEventStoreError(cause, place);
  return new EventStoreError('event-store-unavailable', `${message}; whether it was recorded is not known`, {
    retryable: true,
    cause,
  });
}
