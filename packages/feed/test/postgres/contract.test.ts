import { describeFeedStoreContract } from '@stance/feed/contract-suite';
import { openPostgresFeedStore } from '@stance/feed/postgres';
import { testPostgres } from '@stance/test-services';
import { describe } from 'vitest';

const postgres = await testPostgres();

describe.skipIf(postgres.missing !== null)(`a feed in PostgreSQL${postgres.note}`, () => {
  describeFeedStoreContract('PostgreSQL', async () => {
    const { url, schema, drop } = postgres.schema();
    let store = await openPostgresFeedStore({ url, schema });
    return {
      store,
      reopen: async () => {
        await store.close();
        store = await openPostgresFeedStore({ url, schema });
        return store;
      },
      dispose: async () => {
        await store.close();
        await drop();
      },
    };
  });
});
