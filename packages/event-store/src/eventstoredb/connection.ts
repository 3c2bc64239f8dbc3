import { EventStoreDBClient } from '@eventstore/db-client';

import { EventStoreError } from '../errors.ts';
import { isAnswer, namesLeader, toEventStoreError } from './server-failure.ts';
import type { ServerUrl } from './server-url.ts';

type Channel = Awaited<ReturnType<EventStoreDBClient['getChannel']>>;

/** A client and those who use it now. */
interface Generation {
  readonly client: EventStoreDBClient;
  readonly channels: Set<Channel>;
  users: number;
}

/**
 * The way to the server, over one client at a time.
 *
 * Version 6.2.1 of the client connects anew only after what it takes for `UNAVAILABLE` or `CANCELLED`: after an `INTERNAL`
 * or `DATA_LOSS`, as a failing leader gives it, every later call fails on the same channel. So here any failure that is not
 * an answer of the server ends the use of the client, and the next call gets a new one.
 */
export interface Connection {
  readonly server: ServerUrl;
  /**
   * Calls with the client of the moment, and keeps its channel until the call has ended.
   *
   * @throws what `action` throws; EventStoreError `event-store-closed`.
   */
  use<T>(action: (client: EventStoreDBClient) => Promise<T>): Promise<T>;
  /** Lets go of every channel; calls under way fail. */
  close(): void;
}

export function createConnection(server: ServerUrl): Connection {
  let current: Generation | undefined;
  const generations = new Set<Generation>();
  let closed = false;

  function start(): Generation {
    try {
      const client = EventStoreDBClient.connectionString(server.connectionString);
      const generation: Generation = { client, channels: new Set(), users: 0 };
      generations.add(generation);
      return generation;
    } catch (cause) {
      const { message } = toEventStoreError(cause, server.place);
      throw new EventStoreError('event-store-misconfigured', message, { cause });
    }
  }

  function end(generation: Generation): void {
    generations.delete(generation);
    for (const channel of generation.channels) channel.close();
  }

  return {
    server,
    async use(action) {
      if (closed) throw new EventStoreError('event-store-closed', `${server.place}: the event store is closed`);
      current ??= start();
      const generation = current;
      generation.users += 1;
      try {
        // Protected, but the only way to the channel, which the client itself never closes.
        generation.channels.add(await generation.client['getChannel']());
        return await action(generation.client);
      } catch (error) {
        if (!isAnswer(error) && !namesLeader(error) && current === generation) current = undefined;
        throw error;
      } finally {
        generation.users -= 1;
        if (generation.users === 0 && (closed || current !== generation)) end(generation);
      }
    },
    close() {
      closed = true;
      current = undefined;
      for (const generation of generations) {
        void generation.client.dispose();
        if (generation.users === 0) end(generation);
      }
    },
  };
}
