import { testPostgres } from '@stance/test-services';
import { describeWebhookStoreContract } from '@stance/webhooks/contract-suite';
import { openPostgresWebhookStore } from '@stance/webhooks/postgres';
import { describe, expect, it } from 'vitest';

const postgres = await testPostgres();

describe.skipIf(postgres.missing !== null)(`webhooks in PostgreSQL${postgres.note}`, () => {
  describeWebhookStoreContract('PostgreSQL', () => {
    const { url, schema, drop } = postgres.schema();
    const stack = new AsyncDisposableStack();
    stack.defer(drop);
    return Promise.resolve({
      open: async () => stack.adopt(await openPostgresWebhookStore({ url, schema }), (store) => store.close()),
      dispose: () => stack.disposeAsync(),
    });
  });

  it('in a schema of something else are refused', async () => {
    const { url, schema, query, drop } = postgres.schema();
    await query(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.other (a int)`);
    await expect(openPostgresWebhookStore({ url, schema })).rejects.toMatchObject({ code: 'webhooks-foreign-schema' });
    await drop();
  });
});
