import { describeFeedRelayStateContract, describeRelayStateContract } from '@stance/relay-state/contract-suite';
import { openPostgresFeedRelayState, openPostgresRelayState } from '@stance/relay-state/postgres';
import { testPostgres } from '@stance/test-services';
import type { PostgresSchema } from '@stance/test-services';
import { describe, expect, it, onTestFinished } from 'vitest';

const postgres = await testPostgres();
const long = 60_000;

const inSchema = (): PostgresSchema => {
  const made = postgres.schema();
  onTestFinished(() => made.drop());
  return made;
};

describe.skipIf(postgres.missing !== null)(`the relay's state in PostgreSQL${postgres.note}`, () => {
  const opened = <State extends { close(): Promise<void> }>(
    openIn: (options: { readonly url: string; readonly schema: string }) => Promise<State>,
  ) => {
    const { url, schema, drop } = postgres.schema();
    const stack = new AsyncDisposableStack();
    stack.defer(drop);
    return Promise.resolve({
      open: async () => stack.adopt(await openIn({ url, schema }), (state) => state.close()),
      dispose: () => stack.disposeAsync(),
    });
  };
  describeRelayStateContract('PostgreSQL', () => opened(openPostgresRelayState));
  describeFeedRelayStateContract('PostgreSQL', () => opened(openPostgresFeedRelayState));

  it('is made once, whoever opens it first', async () => {
    const { url, schema } = inSchema();
    const states = await Promise.all(Array.from({ length: 5 }, () => openPostgresRelayState({ url, schema })));
    const answers = await Promise.all(states.map((state, index) => state.acquire(`owner-${String(index)}`, long)));
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    await Promise.all(states.map((state) => state.close()));
  });

  it('goes on after the connection was cut, with the lease that it had', async () => {
    const { url, schema, query } = inSchema();
    const state = await openPostgresRelayState({ url: `${url}?application_name=${schema}`, schema });
    const lease = await state.acquire('a', long);
    await query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = $1', [schema]);
    // The end of the connection may reach it before its next call, or with it.
    const renew = () => state.renew(lease?.epoch ?? 0, long).catch((error: unknown) => error);
    await expect.poll(renew).toBeUndefined();
    await state.close();
  });

  it('settles a call for which the server has no answer, and says that the same one may go through later', async () => {
    const { url, schema, query } = inSchema();
    const state = await openPostgresRelayState({ url, schema, statementTimeout: 50 });
    const holding = query('BEGIN; LOCK TABLE relay; SELECT pg_sleep(1); COMMIT');
    await expect
      .poll(() => state.acquire('a', long).catch((error: unknown) => error))
      .toMatchObject({ code: 'relay-state-busy', retryable: true });
    await holding;
    expect(await state.acquire('a', long)).not.toBeNull();
    await state.close();
  });

  it('says that it is damaged where its row is gone', async () => {
    const { url, schema, query } = inSchema();
    const state = await openPostgresRelayState({ url, schema });
    await query('DELETE FROM relay');
    await expect(state.acquire('a', long)).rejects.toMatchObject({ code: 'relay-state-corrupt', retryable: false });
    await state.close();
  });

  it('is refused in a schema of something else, of another version, and by a wrong password', async () => {
    const { url, schema, query } = inSchema();
    await (await openPostgresRelayState({ url, schema })).close();
    await query('UPDATE layout SET version = 99');
    const foreign = { name: 'RelayStateError', code: 'relay-state-foreign-schema', retryable: false };
    await expect(openPostgresRelayState({ url, schema })).rejects.toMatchObject(foreign);
    await query(`UPDATE layout SET owner = 'stance-feed'`);
    await expect(openPostgresRelayState({ url, schema })).rejects.toMatchObject(foreign);
    await query(`UPDATE layout SET owner = 'stance-relay', version = 1`);
    await expect(openPostgresFeedRelayState({ url, schema })).rejects.toMatchObject(foreign);
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(openPostgresRelayState({ url: wrong.href, schema })).rejects.toMatchObject({
      code: 'relay-state-refused',
      retryable: false,
    });
  });
});
