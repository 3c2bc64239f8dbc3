import { setTimeout as delay } from 'node:timers/promises';

import { createParser } from 'eventsource-parser';

import { CliError } from '../cli-error.ts';
import type { Client, Query } from './client.ts';
import { ProblemAnswer } from './problem-answer.ts';

/** One event of a stream. */
export interface StreamedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

export interface Followed {
  readonly path: string;
  /** With `after`, where it is not to begin from now on. */
  readonly query: Query;
  readonly signal: AbortSignal;
  /** Nothing comes any more, and it is tried again until something does. */
  readonly onLost: (error: Error) => void;
  readonly onFound: () => void;
}

const firstWait = 250;
const longestWait = 5000;
/** The service shows a sign of life every 15 seconds: where nothing comes for so long, there is nobody any more. */
const silentMs = 60_000;

/** The events of one connection, until it ends. */
const eventsOf = async function* (
  client: Client,
  { path, query, signal }: Followed,
  lastId: string | undefined,
): AsyncGenerator<StreamedEvent | null> {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(), silentMs);
  const received: StreamedEvent[] = [];
  const parser = createParser({
    onEvent: ({ id = '', event = '', data }) => received.push({ id, event, data: JSON.parse(data) as unknown }),
  });
  try {
    for await (const text of client.texts(path, { ...query, after: lastId ?? query['after'] }, silent.signal)) {
      timer.refresh();
      // Told even without an event: it is there again.
      yield null;
      parser.feed(text);
      yield* received.splice(0);
    }
  } catch (error) {
    if (!silent.signal.aborted || signal.aborted) throw error;
    throw new CliError('connection-lost', `Nothing came from ${client.baseUrl} for ${String(silentMs / 1000)} s`, {
      retryable: true,
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
};

const mayPass = (error: unknown): error is CliError | ProblemAnswer =>
  (error instanceof CliError || error instanceof ProblemAnswer) && error.retryable;

/**
 * The events of a stream, which never ends: where the connection breaks off it goes on after the last event, as long as it
 * takes. Where nothing answered yet, nothing is tried again.
 *
 * @throws ProblemAnswer, CliError: as the client, for what does not pass; `interrupted` once the signal is aborted.
 */
export const follow = async function* (client: Client, followed: Followed): AsyncGenerator<StreamedEvent> {
  const { signal, onLost, onFound } = followed;
  let lastId: string | undefined;
  let isLost = false;
  let reached = false;
  for (let wait = firstWait; ; wait = Math.min(longestWait, wait * 2)) {
    let asked: number | undefined;
    let lost: Error = new CliError('connection-lost', `${client.baseUrl} has ended the stream`, { retryable: true });
    try {
      for await (const event of eventsOf(client, followed, lastId)) {
        reached = true;
        wait = firstWait;
        if (isLost) onFound();
        isLost = false;
        if (event === null) continue;
        lastId = event.id;
        yield event;
      }
    } catch (error) {
      if (!mayPass(error) || !(reached || error instanceof ProblemAnswer)) throw error;
      if (error instanceof ProblemAnswer) asked = error.retryAfter;
      lost = error;
    }
    if (!isLost) onLost(lost);
    isLost = true;
    await delay(Math.min(longestWait, asked ?? wait), undefined, { signal }).catch((cause: unknown) => {
      throw new CliError('interrupted', 'Stopped', { cause });
    });
  }
};
