import { describeVersionCatalogueContract } from '@stance/read-model/contract-suite';
import { openPostgresActiveVersion, openPostgresVersionCatalogue } from '@stance/read-model/postgres';
import { testPostgres } from '@stance/test-services';
import { describe } from 'vitest';

const postgres = await testPostgres();

describe.skipIf(postgres.missing !== null)(`versions in PostgreSQL${postgres.note}`, () => {
  describeVersionCatalogueContract('PostgreSQL', async () => {
    const { url, schema, drop, query } = postgres.schema();
    const all = [await openPostgresVersionCatalogue({ url, schema })];
    const [catalogue] = all;
    if (catalogue === undefined) throw new Error('it was opened');
    const active = openPostgresActiveVersion({ url, schema });
    return {
      catalogue,
      another: async () => {
        const another = await openPostgresVersionCatalogue({ url, schema });
        all.push(another);
        return another;
      },
      active: () => active.read(),
      dispose: async () => {
        await active.close();
        for (const each of all) await each.close();
        await query(`DROP SCHEMA ${schema}_versions CASCADE`);
        await drop();
      },
    };
  });
});
