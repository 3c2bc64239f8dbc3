import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describeEventStoreContract } from '@stance/event-store/contract-suite';
import { openSqliteEventStore } from '@stance/event-store/sqlite';

describeEventStoreContract('The event store on SQLite', async (options) => {
  const folder = mkdtempSync(join(tmpdir(), 'stance-event-store-'));
  const path = join(folder, 'events.db');
  let store = await openSqliteEventStore({ path, ...options });
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openSqliteEventStore({ path, ...options });
      return store;
    },
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
