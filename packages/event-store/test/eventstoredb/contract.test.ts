import { describe } from 'vitest';

import { describeEventStoreContract } from '@stance/event-store/contract-suite';
import { openEventStoreDb, type EventStoreDb } from '@stance/event-store/eventstoredb';

import { freshPrefix } from './servers.ts';
import { startSimulator } from './simulator/simulator.ts';

/** A fresh store in a server that others use too: its streams have a prefix of their own. */
async function openFresh(url: string, options: { readonly clock?: () => number }) {
  const streamPrefix = freshPrefix();
  const handles: EventStoreDb[] = [];
  const open = async () => {
    const store = await openEventStoreDb({ url, streamPrefix, othersLateMs: 0, ...options });
    handles.push(store);
    return store;
  };
  return {
    store: await open(),
    reopen: async () => {
      await handles.at(-1)?.close();
      return open();
    },
    close: async () => {
      await Promise.all(handles.map((handle) => handle.close()));
    },
  };
}

const promises = { positions: 'growing', order: 'of streams' } as const;

describeEventStoreContract(
  'The event store on EventStoreDB (simulator)',
  async (options) => {
    const simulator = await startSimulator({ maxAppendSize: 16 * 1024 * 1024 });
    const opened = await openFresh(simulator.url, options);
    // As a server writes its statistics, now and then.
    simulator.log.appendOfServer();
    return {
      ...opened,
      close: async () => {
        await opened.close();
        await simulator.close();
      },
    };
  },
  promises,
);

const realServer = process.env['EVENTSTORE_TEST_URL'];

describe.skipIf(realServer === undefined)('where EVENTSTORE_TEST_URL is set', () => {
  /** As far as the log of the server has been looked through, which keeps what earlier tests have appended. */
  let origin = 0;

  async function lookToTheEnd(store: EventStoreDb): Promise<number> {
    for (;;) {
      const { position } = await store.readAll({ after: origin, limit: 10_000 });
      if (position === origin) return origin;
      origin = position;
    }
  }

  describeEventStoreContract(
    'The event store on EventStoreDB (real server)',
    async (options) => {
      const opened = await openFresh(realServer ?? '', options);
      return { ...opened, origin: await lookToTheEnd(opened.store) };
    },
    promises,
  );
});
