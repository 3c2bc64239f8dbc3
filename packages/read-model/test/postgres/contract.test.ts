import { describeReadModelContract, describeReadModelWriterContract } from '@stance/read-model/contract-suite';
import { openPostgresReadModel, openPostgresReadModelWriter } from '@stance/read-model/postgres';
import type { ReadModelWriter } from '@stance/read-model';
import { testPostgres } from '@stance/test-services';
import { describe } from 'vitest';

const postgres = await testPostgres();
const method = { name: 'default', version: 1 };

describe.skipIf(postgres.missing !== null)(`a read model in PostgreSQL${postgres.note}`, () => {
  describeReadModelContract('PostgreSQL', async () => {
    const { url, schema, drop } = postgres.schema();
    const writer = await openPostgresReadModelWriter({ url, schema, method });
    const model = await openPostgresReadModel({ url, schema });
    return {
      writer,
      model,
      close: async () => {
        await model.close();
        await writer.close();
        await drop();
      },
    };
  });

  describeReadModelWriterContract('PostgreSQL', async () => {
    const { url, schema, drop } = postgres.schema();
    const writers: ReadModelWriter[] = [];
    const open = async (): Promise<ReadModelWriter> => {
      const writer = await openPostgresReadModelWriter({ url, schema, method });
      writers.push(writer);
      return writer;
    };
    return {
      writer: await open(),
      reopen: open,
      dispose: async () => {
        await Promise.all(writers.map((writer) => writer.close()));
        await drop();
      },
    };
  });
});
