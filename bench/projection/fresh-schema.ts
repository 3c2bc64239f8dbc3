import { Client } from 'pg';

/** A schema that is not there yet, and is removed in the end. */
export const freshSchema = async (url: string, name: string) => {
  const drop = async (): Promise<void> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`DROP SCHEMA IF EXISTS ${name} CASCADE`);
    await client.end();
  };
  await drop();
  return { name, [Symbol.asyncDispose]: drop };
};
